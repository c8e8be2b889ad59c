package io.pushgate.gateway.ingress;

import io.pushgate.gateway.broker.Publication;
import io.pushgate.protocol.ingress.Held;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.Ref;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request's place in the order of answers. Completed once, on <em>any thread</em>; all else is
 * its connection's {@link Answers}'.
 */
final class Slot implements Publication.Outcome {
  final Ref ref;

  /** What the request took on the wire. */
  final int bytes;

  @Nullable Slot next;
  private final Answers owner;

  /** Crosses from a broker's lane to the event loop. */
  private volatile @Nullable IngressAnswer answer;

  Slot(Answers owner, Ref ref, int bytes) {
    this.owner = owner;
    this.ref = ref;
    this.bytes = bytes;
  }

  void complete(IngressAnswer known) {
    answer = known;
    owner.completed();
  }

  boolean isAnswered() {
    return answer != null;
  }

  /** What an answered slot was answered with. */
  IngressAnswer answer() {
    return Objects.requireNonNull(answer);
  }

  @Override
  public void acked(String id, int users, int sessions, Held held, boolean duplicate) {
    owner.metrics().pushAcked();
    complete(new IngressAnswer.Ack(id, users, sessions, held, duplicate));
  }

  @Override
  public void nacked(@Nullable String id, NackCode code, String message) {
    owner.metrics().pushNacked(code);
    if (code == NackCode.OVERLOADED) {
      owner.metrics().limitHit("dedupe-count"); // The one limit of the journals that nacks so.
    }
    complete(new IngressAnswer.Nack(id, code, message));
  }
}
