package io.pushgate.gateway.websocket;

import static io.pushgate.gateway.websocket.Frames.MAX_CONTROL_PAYLOAD;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.CloseCode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what one client sends into messages and judges every byte of it (RFC 6455, section 5), as
 * soon as it has arrived. Event loop only, one for each session.
 *
 * <p>A message that lies whole in the bytes handed in is unmasked where it lies and delivered
 * without a copy; only one that is still incomplete is kept, and its buffer goes as soon as it was
 * delivered. An idle decoder holds no buffer.
 */
public final class FrameDecoder {
  /** The code that stands for "the close frame named none" (section 7.1.5). */
  public static final int NO_CODE = 1005;

  /** Two bytes, a 64-bit length, a mask. */
  private static final int MAX_HEADER = 14;

  private static final int MASK_BYTES = 4;
  private static final int VIOLATED = -1;

  /** What the next data frame may be. */
  private enum State {
    /** A new message begins. */
    BETWEEN,
    /** A message waits for its continuation. */
    IN_MESSAGE,
    /** A close frame, a violation or {@link #release} came: nothing is delivered any more. */
    ENDED
  }

  private final int maxMessage;
  private final Sink sink;
  private State state = State.BETWEEN;

  /** The beginning of a header or of a control frame whose rest has not arrived. */
  private @Nullable ByteBuf partial;

  private @Nullable PartialMessage message;

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

    /** A frame that adds nothing to a message and does not end it. */
    void emptyFragment();

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
      PartialMessage amid = message;
      ByteBuf begun = partial;
      if (amid != null && amid.isAmidFrame()) {
        take(amid, in);
      } else if (begun == null) {
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
    } else {
      partial = in.alloc().buffer(MAX_HEADER + MAX_CONTROL_PAYLOAD).writeBytes(in);
    }
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
   * than are readable while the header is incomplete, else those of the header and, of a control
   * frame, its payload.
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
    if (HeaderRules.isControl(first)) {
      return header + (int) length;
    }
    return length > maxMessage - messageBytes()
        ? violation(CloseCode.TOO_LARGE, "a message holds at most " + maxMessage + " bytes")
        : header;
  }

  /** Takes the frame whose header begins at the reader index. */
  private void frame(ByteBuf in) {
    int first = in.getUnsignedByte(in.readerIndex());
    int length = (int) HeaderRules.payloadLength(in, in.readerIndex() + 1);
    in.skipBytes(HeaderRules.headerLength(in.getUnsignedByte(in.readerIndex() + 1)));
    int mask = in.getInt(in.readerIndex() - MASK_BYTES);
    boolean last = HeaderRules.isFinal(first);
    if (HeaderRules.isControl(first) || (message == null && last && length <= in.readableBytes())) {
      inPlace(first, in, length, mask);
      return;
    }
    PartialMessage begun = message;
    if (begun == null) {
      boolean isText = HeaderRules.opcode(first) == Frames.TEXT;
      begun = new PartialMessage(isText, in.alloc(), maxMessage);
      message = begun;
    }
    state = last ? State.BETWEEN : State.IN_MESSAGE;
    begun.expect(length, mask, last);
    take(begun, in);
    if (length == 0 && !last) {
      sink.emptyFragment();
    }
  }

  /** A payload that is whole is unmasked and delivered where it lies. */
  private void inPlace(int first, ByteBuf in, int length, int mask) {
    int start = in.readerIndex();
    int end = start + length;
    int last = in.writerIndex();
    Mask.apply(in, start, end, mask);
    in.setIndex(start, end);
    try {
      switch (HeaderRules.opcode(first)) {
        case Frames.CLOSE -> close(in);
        case Frames.PING -> sink.ping(in);
        case Frames.PONG -> sink.pong(in);
        case Frames.TEXT -> text(in);
        default -> sink.binary(in);
      }
    } finally {
      in.setIndex(end, last);
    }
  }

  private void text(ByteBuf payload) {
    if (isUtf8(payload)) {
      sink.text(payload);
    } else {
      notText();
    }
  }

  private void take(PartialMessage begun, ByteBuf in) {
    if (!begun.take(in)) {
      notText();
    } else if (begun.isWhole()) {
      message = null;
      try {
        deliver(begun);
      } finally {
        begun.release();
      }
    }
  }

  private void deliver(PartialMessage whole) {
    if (whole.isText()) {
      sink.text(whole.payload());
    } else {
      sink.binary(whole.payload());
    }
  }

  private void notText() {
    violation(CloseCode.INVALID_PAYLOAD, "text is not UTF-8");
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
    return message == null ? 0 : message.payload().readableBytes();
  }

  private static boolean isUtf8(ByteBuf payload) {
    Utf8Stream text = new Utf8Stream();
    return payload.forEachByte(text) < 0 && text.isComplete();
  }
}
