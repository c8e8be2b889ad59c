package io.pushgate.gateway.broker.disk;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of the store is not what was written; the message names it. */
public final class DamagedStoreException extends StoreException {
  private static final long serialVersionUID = 1L;

  DamagedStoreException(Path file, String fault, @Nullable Throwable cause) {
    super("damaged store: " + file + " " + fault, cause);
  }

  DamagedStoreException(Path file, String fault) {
    this(file, fault, null);
  }
}
