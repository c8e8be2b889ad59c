package io.pushgate.bench.publish;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;

/** One form of the ingress port, as the protocol module reads and writes it. Any thread. */
public interface Wire {
  /** Takes what the gateway said. */
  interface Answers {
    /** Takes one; the number is that of the push, and zero for what comes by itself. */
    void answer(long number, IngressAnswer answer);
  }

  /** Appends one request; the number comes back with its answer. */
  void write(long number, IngressRequest request, ByteBuf out);

  /**
   * Takes all whole answers out of a buffer.
   *
   * @throws IllegalArgumentException where something is no answer
   */
  void read(ByteBuf in, Answers answers);
}
