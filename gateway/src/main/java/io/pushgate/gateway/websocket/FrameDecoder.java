package io.pushgate.gateway.websocket;

import static io.pushgate.gateway.websocket.Frames.MAX_CONTROL_PAYLOAD;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.pushgate.protocol.CloseCode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what one client sends into messages and judges every byte of it (RFC 6455, section 5). Event
 * loop only, one for each session.
 *
 * <p>A frame that lies whole in the bytes handed in is unmasked where it lies and delivered without
 * a copy; only a frame or message that is still incomplete is kept, and its buffer goes as soon as
 * it was delivered. An idle decoder holds no buffer.
 */
public final class FrameDecoder {
  /** The code that stands for "the close frame named none" (section 7.1.5). */
  public static final int NO_CODE = 1005;

  /** Two bytes, a 64-bit length, a mask. */
  private static final int MAX_HEADER = 14;

  private static final int MASK_BYTES = 4;
  private static final int FIRST_CAPACITY = 256;
  private static final int VIOLATED = -1;

  /** What the next data frame may be. */
  private enum State {
    /** A new message begins. */
    BETWEEN,
    /** A text message waits for its continuation. */
    IN_TEXT,
    /** A binary message waits for its continuation. */
    IN_BINARY,
    /** A close frame, a violation or {@link #release} came: nothing is delivered any more. */
    ENDED
  }

  private final int maxMessage;
  private final Sink sink;
  private State state = State.BETWEEN;

  /** The beginning of a frame whose rest has not arrived. */
  private @Nullable ByteBuf partial;

  /** The payloads of the fragments so far; null while they are empty. */
  private @Nullable ByteBuf message;

  /**
   * Receives what the client sent, in its order. A payload is the readable bytes of the buffer; it
   * belongs to the decoder and is valid until the method returns.
   */
  public interface Sink {
    /** One message of well-formed UTF-8. */
    void text(ByteBuf payload);

    void binary(ByteBuf payload);

    void ping(ByteBuf payload);

    void pong(ByteBuf payload);

    /** The client's close frame, the last call; {@link #NO_CODE} where it names no code. */
    void close(int code, String reason);

    /** What the client sent breaks the protocol or a limit; the last call. */
    void violation(CloseCode code, String reason);
  }

  /** A message of more than {@code maxMessage} bytes, fragments together, is a violation. */
  public FrameDecoder(int maxMessage, Sink sink) {
    this.maxMessage = maxMessage;
    this.sink = sink;
  }

  /** Consumes all readable bytes; the buffer stays the caller's, its bytes may be changed. */
  public void decode(ByteBuf in) {
    while (state != State.ENDED && in.isReadable()) {
      ByteBuf begun = partial;
      if (begun == null) {
        startFrame(in);
      } else {
        continueFrame(begun, in);
      }
    }
    in.skipBytes(in.readableBytes());
  }

  /** Gives back what is kept. Nothing is delivered any more. */
  public void release() {
    state = State.ENDED;
    dropPartial();
    dropMessage();
  }

  private void startFrame(ByteBuf in) {
    int needed = needed(in);
    if (needed == VIOLATED) {
      return;
    }
    if (needed <= in.readableBytes()) {
      frame(in);
      return;
    }
    int capacity = Math.max(in.readableBytes(), Math.min(needed, FIRST_CAPACITY));
    ByteBuf begun = in.alloc().buffer(capacity, MAX_HEADER + largest());
    begun.writeBytes(in);
    partial = begun;
  }

  private void continueFrame(ByteBuf begun, ByteBuf in) {
    int missing = needed(begun) - begun.readableBytes();
    begun.writeBytes(in, Math.min(missing, in.readableBytes()));
    int needed = needed(begun);
    if (needed == VIOLATED) {
      dropPartial();
    } else if (needed == begun.readableBytes()) {
      partial = null;
      try {
        frame(begun);
      } finally {
        begun.release();
      }
    }
  }

  /**
   * Judges as much of the header as there is. Returns how many bytes must be there to go on: more
   * than are readable while the header or the payload is incomplete, else those of the whole frame.
   */
  private int needed(ByteBuf in) {
    int start = in.readerIndex();
    if (in.readableBytes() < 2) {
      return 2;
    }
    int first = in.getUnsignedByte(start);
    int second = in.getUnsignedByte(start + 1);
    String fault = HeaderRules.fault(first, second, state == State.BETWEEN);
    if (fault != null) {
      return violation(CloseCode.PROTOCOL_ERROR, fault);
    }
    int header = HeaderRules.headerLength(second);
    if (in.readableBytes() < header) {
      return header;
    }
    long length = HeaderRules.payloadLength(in, start + 1);
    if (length < 0) {
      return violation(CloseCode.PROTOCOL_ERROR, "length not in its shortest form");
    }
    if (!HeaderRules.isControl(first) && length > maxMessage - messageBytes()) {
      return violation(CloseCode.TOO_LARGE, "a message holds at most " + maxMessage + " bytes");
    }
    return header + (int) length;
  }

  /** Takes the whole frame that begins at the reader index. */
  private void frame(ByteBuf in) {
    int first = in.getUnsignedByte(in.readerIndex());
    int header = HeaderRules.headerLength(in.getUnsignedByte(in.readerIndex() + 1));
    int start = in.readerIndex() + header;
    int end = start + (int) HeaderRules.payloadLength(in, in.readerIndex() + 1);
    int last = in.writerIndex();
    Mask.apply(in, start, end, in.getInt(start - MASK_BYTES));
    in.setIndex(start, end);
    try {
      deliver(first, in);
    } finally {
      in.setIndex(end, last);
    }
  }

  private void deliver(int first, ByteBuf payload) {
    switch (HeaderRules.opcode(first)) {
      case Frames.CLOSE -> close(payload);
      case Frames.PING -> sink.ping(payload);
      case Frames.PONG -> sink.pong(payload);
      default -> data(first, payload);
    }
  }

  private void data(int first, ByteBuf payload) {
    State kind =
        switch (HeaderRules.opcode(first)) {
          case Frames.TEXT -> State.IN_TEXT;
          case Frames.BINARY -> State.IN_BINARY;
          default -> state;
        };
    if (!HeaderRules.isFinal(first)) {
      state = kind;
      append(payload);
      return;
    }
    state = State.BETWEEN;
    if (message == null) {
      message(kind, payload);
      return;
    }
    append(payload);
    ByteBuf whole = message;
    message = null;
    try {
      message(kind, whole);
    } finally {
      whole.release();
    }
  }

  private void append(ByteBuf payload) {
    if (message == null && payload.isReadable()) {
      int capacity = Math.max(payload.readableBytes(), Math.min(maxMessage, FIRST_CAPACITY));
      message = payload.alloc().buffer(capacity, maxMessage);
    }
    if (message != null) {
      message.writeBytes(payload);
    }
  }

  private void message(State kind, ByteBuf payload) {
    if (kind == State.IN_BINARY) {
      sink.binary(payload);
    } else if (isUtf8(payload)) {
      sink.text(payload);
    } else {
      violation(CloseCode.INVALID_PAYLOAD, "text is not UTF-8");
    }
  }

  private void close(ByteBuf payload) {
    if (!payload.isReadable()) {
      end();
      sink.close(NO_CODE, "");
      return;
    }
    int code = payload.readUnsignedShort(); // The header told that there are two bytes at least.
    if (!HeaderRules.isCloseCode(code)) {
      violation(CloseCode.PROTOCOL_ERROR, "close code " + code + " is not for the wire");
    } else if (!isUtf8(payload)) {
      violation(CloseCode.INVALID_PAYLOAD, "close reason is not UTF-8");
    } else {
      end();
      sink.close(code, payload.toString(StandardCharsets.UTF_8));
    }
  }

  private int violation(CloseCode code, String reason) {
    end();
    sink.violation(code, reason);
    return VIOLATED;
  }

  /** The partial frame stays where it is the one being judged; its holder gives it back. */
  private void end() {
    state = State.ENDED;
    dropMessage();
  }

  private void dropPartial() {
    if (partial != null) {
      partial.release();
      partial = null;
    }
  }

  private void dropMessage() {
    if (message != null) {
      message.release();
      message = null;
    }
  }

  private int messageBytes() {
    return message == null ? 0 : message.readableBytes();
  }

  private int largest() {
    return Math.max(maxMessage, MAX_CONTROL_PAYLOAD);
  }

  private static boolean isUtf8(ByteBuf payload) {
    return ByteBufUtil.isText(
        payload, payload.readerIndex(), payload.readableBytes(), StandardCharsets.UTF_8);
  }
}
