package io.pushgate.bench.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.protocol.Limits;
import io.pushgate.protocol.ingress.BinaryFrames;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.JsonLines;
import io.pushgate.protocol.ingress.MalformedRequest;
import io.pushgate.protocol.ingress.Reply;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A publisher's connection seen from the gateway. The thread of its connection. */
final class FakeWire {
  private final DataInputStream in;
  private boolean binary;

  FakeWire(InputStream in) {
    this.in = new DataInputStream(new BufferedInputStream(in, 64 << 10));
  }

  /** Null at the end of the stream. */
  @Nullable Envelope next() throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    binary = first == 0;
    try {
      return binary ? frame() : line(first);
    } catch (MalformedRequest e) {
      throw new IOException(e.explanation(), e);
    }
  }

  /** The highest byte of its length is behind us; it is zero. */
  private Envelope frame() throws IOException, MalformedRequest {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    ByteBuf frame = Unpooled.buffer().writeInt(length).writeBytes(in.readNBytes(length));
    return BinaryFrames.read(frame, Limits.HIGHEST_MAX_PAYLOAD);
  }

  private Envelope line(int first) throws IOException, MalformedRequest {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = first; b != '\n'; b = in.readUnsignedByte()) {
      line.write(b);
    }
    return JsonLines.read(line.toByteArray(), 0, line.size(), Limits.HIGHEST_MAX_PAYLOAD);
  }

  void write(Reply reply, ByteBuf out) {
    if (binary) {
      BinaryFrames.write(reply.ref(), reply.answer(), out);
    } else {
      JsonLines.write(reply.ref(), reply.answer(), out);
    }
  }
}
