package io.pushgate.gateway.session;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.pushgate.gateway.websocket.Frames;
import io.pushgate.protocol.CloseCode;
import io.pushgate.protocol.client.ServerFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What one session has to say beside notifications. It is state, not a queue: one pong, the newest;
 * one {@code acked}, the furthest; one ping; and few others, past which the client is not read.
 * <em>Event loop only.</em>
 */
final class Outbox {
  /** Past so many unsent frames the client is not read. */
  static final int MAX_FRAMES = 16;

  private static final AsciiString PONG_TEXT = AsciiString.cached("pong");

  /** Null while empty, as it is nearly always. */
  private @Nullable Deque<ServerFrame> frames;

  private ServerFrame.@Nullable Acked acked;
  private byte @Nullable [] pong;
  private boolean pongText;
  private boolean ping;

  /** Pings that no pong has come for; a byte, so that an idle session is no larger for it. */
  private byte unanswered;

  private long pingMark;
  private boolean ended;
  private @Nullable CloseCode close;
  private String closeReason = "";

  /** What the client's close frame named; 0 where it did not close, or named nothing. */
  private int peerCode;

  boolean isEmpty() {
    return frames == null && acked == null && pong == null && !pongText && !ping && close == null;
  }

  boolean full() {
    return frames != null && frames.size() >= MAX_FRAMES;
  }

  void add(ServerFrame frame) {
    if (ended) {
      return;
    }
    if (frames == null) {
      frames = new ArrayDeque<>(2);
    }
    frames.add(frame);
  }

  /** The furthest place takes the room of one that was not sent yet. */
  void acked(ServerFrame.Acked furthest) {
    acked = ended ? null : furthest;
  }

  /** Answers a WebSocket ping; an unsent answer to an older one is dropped (RFC 6455, 5.5.3). */
  void pong(byte[] payload) {
    pong = ended ? null : payload;
  }

  /** Answers the bare text {@code ping}. */
  void pongText() {
    pongText = !ended;
  }

  /** Whether a pong that came has a ping that it answers, as far as those are counted. */
  boolean isAnswer() {
    if (unanswered == 0) {
      return false;
    }
    unanswered--;
    return true;
  }

  void ping(long mark) {
    ping = !ended;
    pingMark = mark;
  }

  /**
   * The last word: what else was to be said is dropped, and so is what is said from now on. Only
   * who is sent away by a drain still hears when to come back.
   */
  void close(CloseCode code, String reason) {
    ended = true;
    if (code != CloseCode.DRAIN) {
      frames = null;
    }
    acked = null;
    pong = null;
    pongText = false;
    ping = false;
    close = code;
    closeReason = reason;
  }

  /** The last word will answer the client's own close frame, and repeat its code. */
  void answerClose(int code) {
    peerCode = code;
  }

  /** Takes out the next frame and appends it; there must be one. */
  void writeNext(StreamFormat format, Pump pump, ByteBuf out) {
    if (frames != null) {
      format.write(nextFrame(frames), pump, out);
    } else if (close != null) {
      writeClose(close, format, out);
      close = null;
    } else if (pong != null) {
      Frames.writeHeader(out, Frames.PONG, pong.length);
      out.writeBytes(pong);
      pong = null;
    } else if (pongText) {
      Frames.writeHeader(out, Frames.TEXT, PONG_TEXT.length());
      out.writeCharSequence(PONG_TEXT, StandardCharsets.US_ASCII);
      pongText = false;
    } else if (ping) {
      format.heartbeat(pingMark, out);
      ping = false;
      unanswered = (byte) Math.min(unanswered + 1, Byte.MAX_VALUE);
    } else if (acked != null) {
      format.write(acked, pump, out);
      acked = null;
    }
  }

  private void writeClose(CloseCode code, StreamFormat format, ByteBuf out) {
    if (peerCode == 0) {
      format.close(code, closeReason, out);
    } else {
      Frames.answerClose(out, peerCode);
    }
  }

  private ServerFrame nextFrame(Deque<ServerFrame> some) {
    ServerFrame next = some.remove();
    if (some.isEmpty()) {
      frames = null;
    }
    return next;
  }
}
