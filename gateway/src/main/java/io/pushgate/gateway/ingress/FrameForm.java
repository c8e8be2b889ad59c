package io.pushgate.gateway.ingress;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.ingress.BinaryFrames;
import io.pushgate.protocol.ingress.FatalFrame;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.MalformedRequest;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.Ref;

/** Binary frames. <em>Event loop only.</em> */
final class FrameForm implements Form {
  private final int maxPayload;

  FrameForm(int maxPayload) {
    this.maxPayload = maxPayload;
  }

  @Override
  public boolean decode(Inbox inbox, boolean ended, Conversation to) throws FatalFrame {
    ByteBuf in = inbox.view();
    int length = BinaryFrames.length(in, to.maxBytes());
    if (length < 0 || length > inbox.length()) {
      if (ended) {
        throw new FatalFrame(NackCode.BAD_REQUEST, "the connection ended inside a frame");
      }
      return false;
    }
    inbox.skip(length);
    try {
      to.take(BinaryFrames.read(in, maxPayload), length);
    } catch (MalformedRequest malformed) {
      to.refuse(malformed, length);
    }
    return true;
  }

  @Override
  public void encode(Ref ref, IngressAnswer answer, ByteBuf out) {
    BinaryFrames.write(ref, answer, out);
  }
}
