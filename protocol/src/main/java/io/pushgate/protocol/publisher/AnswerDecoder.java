package io.pushgate.protocol.publisher;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.pushgate.protocol.Limits;
import io.pushgate.protocol.ingress.BinaryFrames;
import io.pushgate.protocol.ingress.FatalFrame;
import io.pushgate.protocol.ingress.Reply;
import java.util.List;

/**
 * Cuts what the gateway sends into frames and reads them; those of a newer protocol are left out.
 * Event loop only.
 */
final class AnswerDecoder extends ByteToMessageDecoder {
  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws FatalFrame {
    int length = BinaryFrames.length(in, Limits.MAX_FRAME);
    if (length >= 0 && in.readableBytes() >= length) {
      Reply reply = BinaryFrames.readAnswer(in);
      if (reply != null) {
        out.add(reply);
      }
    }
  }
}
