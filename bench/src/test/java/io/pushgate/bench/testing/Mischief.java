package io.pushgate.bench.testing;

import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a fake gateway does wrong; as it stands, nothing. Called under the gateway's lock. */
public interface Mischief {
  Mischief NONE = new Mischief() {};

  /** What a session is sent when its frame of this number is due, from zero. */
  default List<byte[]> deliver(int session, int number, byte[] frame) {
    return List.of(frame);
  }

  /** What a publisher is answered to his push of this number, from zero. */
  default List<Reply> answer(int number, Reply reply) {
    return List.of(reply);
  }

  /** What becomes of a push of this number, from zero: null where it is taken. */
  default IngressAnswer.@Nullable Nack refuse(int number) {
    return null;
  }

  /** Called before a push of this number is taken. */
  default void before(int number) throws InterruptedException {}

  /** The answer to a handshake in place of 101; empty where it is taken. */
  default String refuseHandshake(int session) {
    return "";
  }

  /** How many bytes are written to a session at once. */
  default int chunk() {
    return Integer.MAX_VALUE;
  }
}
