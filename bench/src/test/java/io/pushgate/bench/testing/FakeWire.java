package io.pushgate.bench.testing;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.Limits;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.JsonLines;
import io.pushgate.protocol.ingress.MalformedRequest;
import io.pushgate.protocol.ingress.Reply;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** A publisher's connection seen from the gateway. The thread of its connection. */
final class FakeWire {
  private final InputStream in;

  private FakeWire(InputStream in) {
    this.in = in;
  }

  static FakeWire of(InputStream in) {
    return new FakeWire(new BufferedInputStream(in, 64 << 10));
  }

  /** Null at the end of the stream. */
  Envelope next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    while (b >= 0 && b != '\n') {
      line.write(b);
      b = in.read();
    }
    if (b < 0) {
      return null;
    }
    try {
      return JsonLines.read(line.toByteArray(), 0, line.size(), Limits.HIGHEST_MAX_PAYLOAD);
    } catch (MalformedRequest e) {
      throw new IOException(e.explanation(), e);
    }
  }

  void write(Reply reply, ByteBuf out) {
    JsonLines.write(reply.ref(), reply.answer(), out);
  }
}
