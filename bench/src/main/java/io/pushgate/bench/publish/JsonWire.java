package io.pushgate.bench.publish;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.JsonLines;
import io.pushgate.protocol.ingress.Ref;
import io.pushgate.protocol.ingress.Reply;

/** JSON lines, the ref being the number of the request. */
final class JsonWire implements Wire {
  @Override
  public void write(long number, IngressRequest request, ByteBuf out) {
    JsonLines.writeRequest(new Envelope(Ref.correlation(number), request), out);
  }

  @Override
  public void read(ByteBuf in, Answers answers) {
    int length = in.bytesBefore((byte) '\n');
    while (length >= 0) {
      byte[] line = new byte[length];
      in.readBytes(line).skipBytes(1);
      Reply reply = JsonLines.readAnswer(line, 0, length);
      if (reply != null) {
        answers.answer(number(reply.ref()), reply.answer());
      }
      length = in.bytesBefore((byte) '\n');
    }
  }

  private static long number(Ref ref) {
    return ref.isNone() ? 0 : Long.parseLong(ref.toString());
  }
}
