package io.pushgate.gateway.testing;

import io.pushgate.gateway.broker.Publication;
import io.pushgate.protocol.ingress.Held;
import io.pushgate.protocol.ingress.NackCode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What became of a push; a nack has a code. Immutable.
 *
 * @param id of an ack always, of a nack where it names one
 */
public record PushAnswer(
    @Nullable String id,
    @Nullable NackCode code,
    int users,
    int sessions,
    @Nullable Held held,
    boolean duplicate) {

  public boolean acked() {
    return code == null;
  }

  /** An outcome that tells this receiver, as often as it is told. */
  public static Publication.Outcome to(Consumer<PushAnswer> receiver) {
    return new Publication.Outcome() {
      @Override
      public void acked(String id, int users, int sessions, Held held, boolean duplicate) {
        receiver.accept(new PushAnswer(id, null, users, sessions, held, duplicate));
      }

      @Override
      public void nacked(@Nullable String id, NackCode code, String message) {
        receiver.accept(new PushAnswer(id, code, 0, 0, null, false));
      }
    };
  }
}
