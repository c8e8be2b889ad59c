package io.pushgate.gateway.broker.disk;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A data directory cannot be used; the message is one line for the operator and names it. */
public class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
