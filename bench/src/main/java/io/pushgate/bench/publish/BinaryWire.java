package io.pushgate.bench.publish;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.Limits;
import io.pushgate.protocol.ingress.BinaryFrames;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.FatalFrame;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.Ref;
import io.pushgate.protocol.ingress.Reply;

/** Binary frames, the correlation id being the number of the request. */
final class BinaryWire implements Wire {
  @Override
  public void write(long number, IngressRequest request, ByteBuf out) {
    BinaryFrames.writeRequest(new Envelope(Ref.correlation(number), request), out);
  }

  @Override
  public void read(ByteBuf in, Answers answers) {
    int length = length(in);
    while (length >= 0 && in.readableBytes() >= length) {
      Reply reply = BinaryFrames.readAnswer(in);
      if (reply != null) {
        answers.answer(reply.ref().correlation(), reply.answer());
      }
      length = length(in);
    }
  }

  private static int length(ByteBuf in) {
    try {
      return BinaryFrames.length(in, Limits.MAX_FRAME);
    } catch (FatalFrame e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
