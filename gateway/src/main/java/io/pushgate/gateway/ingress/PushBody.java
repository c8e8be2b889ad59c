package io.pushgate.gateway.ingress;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.ingress.FatalFrame;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.Ref;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one HTTP body and their answers: bounds how many there are, and remembers the first
 * nack, which makes the status. <em>Event loop only.</em>
 */
final class PushBody implements Form {
  private final LineForm lines;
  private int count;
  private long answered;
  private @Nullable NackCode firstNack;

  PushBody(int maxPayload) {
    this.lines = LineForm.ofBody(maxPayload);
  }

  @Override
  public boolean decode(Inbox inbox, boolean ended, Conversation to) throws FatalFrame {
    if (count == IngressLimits.MAX_HTTP_LINES) {
      throw new FatalFrame(
          NackCode.TOO_LARGE, "body of more than %d lines".formatted(IngressLimits.MAX_HTTP_LINES));
    }
    if (answered > IngressLimits.MAX_HTTP_ANSWERS) {
      throw new FatalFrame(
          NackCode.TOO_LARGE,
          "answers of more than %d bytes".formatted(IngressLimits.MAX_HTTP_ANSWERS));
    }
    boolean decoded = lines.decode(inbox, ended, to);
    if (decoded) {
      count++;
    }
    return decoded;
  }

  @Override
  public void encode(Ref ref, IngressAnswer answer, ByteBuf out) {
    if (firstNack == null && answer instanceof IngressAnswer.Nack nack) {
      firstNack = nack.code();
    }
    int before = out.writerIndex();
    lines.encode(ref, answer, out);
    answered += out.writerIndex() - before;
  }

  /** The status of the whole answer. */
  int status() {
    return firstNack == null
        ? 200
        : switch (firstNack) {
          case BAD_REQUEST -> 400;
          case UNAUTHORIZED -> 401;
          case NOT_FOUND -> 404;
          case TOO_LARGE -> 413;
          case OVERLOADED, DRAINING, UNAVAILABLE -> 503;
        };
  }
}
