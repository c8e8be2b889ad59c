package io.pushgate.gateway.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.pushgate.protocol.CloseCode;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.client.ServerFrame;
import io.pushgate.protocol.client.ServerFrames;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events (WHATWG HTML, section 9.2): a frame's JSON as {@code data}, and the session's
 * position behind it as {@code id}, which is why an event is not the same for every session. A
 * comment is the heartbeat. <em>Event loop only.</em>
 */
final class SseFormat implements StreamFormat {
  private static final String COMMENT = ":\n\n";

  private final Run translated;

  /** Owns the run, which holds the translation until the next. */
  SseFormat(Run translated) {
    this.translated = translated;
  }

  @Override
  public Run translate(Run run, int from, int to, Pump pump) {
    translated.reset(run.feed(), run.previous());
    ByteBuf out = translated.bytes();
    for (int frame = from; frame < to; frame++) {
      long offset = run.offset(frame);
      Position behind =
          run.feed() == Feed.USER
              ? pump.position(offset, pump.everyone.last)
              : pump.position(pump.own.last, offset);
      begin(run.recall(frame) ? "recall" : "notification", behind, out);
      int payload = run.payloadStart(frame);
      out.writeBytes(run.bytes(), payload, run.end(frame) - payload);
      end(out);
      translated.end(offset, run.predecessor(frame), run.recall(frame));
    }
    return translated;
  }

  @Override
  public void write(ServerFrame frame, Pump pump, ByteBuf out) {
    begin(SseEventName.of(frame), frame instanceof ServerFrame.Welcome w ? w.cursor() : null, out);
    ServerFrames.write(frame, out);
    if (frame instanceof ServerFrame.Reconnect reconnect) {
      ByteBufUtil.writeAscii(out, "\nretry: " + reconnect.delayMillis());
    }
    end(out);
  }

  @Override
  public void heartbeat(long mark, ByteBuf out) {
    ByteBufUtil.writeAscii(out, COMMENT);
  }

  @Override
  public void close(CloseCode code, String reason, ByteBuf out) {
    if (code == CloseCode.DRAIN) {
      return; // The reconnect before it said so.
    }
    begin("error", null, out);
    ByteBufUtil.writeAscii(out, "{\"op\":\"error\",\"code\":\"" + code.reason() + "\"}");
    end(out);
  }

  private static void begin(String event, @Nullable Position id, ByteBuf out) {
    ByteBufUtil.writeAscii(out, "event: " + event);
    if (id != null) {
      ByteBufUtil.writeAscii(out, "\nid: " + id);
    }
    ByteBufUtil.writeAscii(out, "\ndata: ");
  }

  private static void end(ByteBuf out) {
    ByteBufUtil.writeAscii(out, "\n\n");
  }

  void release() {
    translated.release();
  }
}
