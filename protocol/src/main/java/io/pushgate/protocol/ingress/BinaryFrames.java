package io.pushgate.protocol.ingress;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.Limits;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of the ingress port. A frame is the length of its rest, version, opcode, flags
 * and correlation id, then the body of its opcode, all big-endian. Any thread.
 *
 * <pre>{@code
 * int length = BinaryFrames.length(in, Limits.MAX_FRAME);
 * if (length >= 0 && in.readableBytes() >= length) {
 *   Envelope envelope = BinaryFrames.read(in, maxPayload);
 * }
 * }</pre>
 */
public final class BinaryFrames {
  public static final int VERSION = 1;

  /** Bytes of the length field. */
  public static final int LENGTH_BYTES = Integer.BYTES;

  private static final int VERSION_AT = LENGTH_BYTES;
  private static final int OPCODE_AT = VERSION_AT + 1;
  private static final int FLAGS_AT = OPCODE_AT + 1;
  private static final int CORRELATION_AT = FLAGS_AT + Short.BYTES;
  private static final int BODY_AT = CORRELATION_AT + Long.BYTES;

  private BinaryFrames() {}

  /**
   * The length of the frame that begins at the reader index, its length field included; -1 while
   * that is not known. As much of the head as has come is checked, so that a peer who speaks
   * something else is told at once.
   *
   * @param maxFrame bytes behind the length field at most
   */
  public static int length(ByteBuf in, int maxFrame) throws FatalFrame {
    int readable = in.readableBytes();
    int from = in.readerIndex();
    if (readable < LENGTH_BYTES) {
      return -1;
    }
    long length = in.getUnsignedInt(from);
    if (length < Limits.MIN_FRAME) {
      throw bad("length: %d bytes, %d at least".formatted(length, Limits.MIN_FRAME));
    }
    if (length > maxFrame) {
      throw new FatalFrame(
          NackCode.TOO_LARGE, "length: %d bytes, %d at most".formatted(length, maxFrame));
    }
    if (readable >= OPCODE_AT && in.getByte(from + VERSION_AT) != VERSION) {
      int version = in.getUnsignedByte(from + VERSION_AT);
      throw bad("version: %d is unknown, %d is spoken".formatted(version, VERSION));
    }
    if (readable >= CORRELATION_AT && in.getShort(from + FLAGS_AT) != 0) {
      int flags = in.getUnsignedShort(from + FLAGS_AT);
      throw bad("flags: 0x%04x where 0 is expected".formatted(flags));
    }
    return LENGTH_BYTES + (int) length;
  }

  /**
   * Reads one whole frame, whose head {@link #length} has checked. The frame is consumed, also
   * where its body is wrong.
   *
   * @param maxPayload bytes of data at most
   */
  public static Envelope read(ByteBuf in, int maxPayload) throws MalformedRequest {
    int from = in.readerIndex();
    int opcode = in.getUnsignedByte(from + OPCODE_AT);
    Ref ref = Ref.correlation(in.getLong(from + CORRELATION_AT));
    return new BinaryRequestReader(ref, body(in), maxPayload).read(opcode);
  }

  /** Appends one answer; what comes by itself has correlation id 0. */
  public static void write(Ref ref, IngressAnswer answer, ByteBuf out) {
    int from = begin(ref, out);
    AnswerKind kind = answer.match(new BinaryAnswerWriter(out));
    end(out, from, kind.opcode());
  }

  /**
   * Appends one request, for publishers.
   *
   * @throws IllegalArgumentException where it does not fit into a frame; nothing is appended then
   */
  public static void writeRequest(Envelope envelope, ByteBuf out) {
    int from = begin(envelope.ref(), out);
    boolean written = false;
    try {
      RequestKind kind = envelope.request().match(new BinaryRequestWriter(out));
      end(out, from, kind.opcode());
      written = true;
    } finally {
      if (!written) {
        out.writerIndex(from);
      }
    }
  }

  /**
   * Reads one whole frame, whose head {@link #length} has checked, for publishers. The frame is
   * consumed.
   *
   * @return null for an opcode of a newer protocol, which a publisher ignores
   * @throws IllegalArgumentException where the body is wrong, with the field
   */
  public static @Nullable Reply readAnswer(ByteBuf in) {
    int from = in.readerIndex();
    AnswerKind kind = AnswerKind.of(in.getUnsignedByte(from + OPCODE_AT));
    Ref ref = Ref.correlation(in.getLong(from + CORRELATION_AT));
    byte[] body = body(in);
    try {
      return kind == null ? null : new Reply(ref, new BinaryAnswerReader(body).read(kind));
    } catch (BodyFault fault) {
      throw new IllegalArgumentException(fault.explanation(), fault);
    }
  }

  private static byte[] body(ByteBuf in) {
    int from = in.readerIndex();
    byte[] body = new byte[in.getInt(from) - Limits.MIN_FRAME];
    in.getBytes(from + BODY_AT, body);
    in.skipBytes(BODY_AT + body.length);
    return body;
  }

  private static int begin(Ref ref, ByteBuf out) {
    int from = out.writerIndex();
    out.writeInt(0).writeByte(VERSION).writeByte(0).writeShort(0).writeLong(ref.correlation());
    return from;
  }

  private static void end(ByteBuf out, int from, int opcode) {
    int length = out.writerIndex() - from - LENGTH_BYTES;
    if (length > Limits.MAX_FRAME) {
      throw new IllegalArgumentException(
          "a frame of %d bytes, %d at most".formatted(length, Limits.MAX_FRAME));
    }
    out.setInt(from, length).setByte(from + OPCODE_AT, opcode);
  }

  private static FatalFrame bad(String message) {
    return new FatalFrame(NackCode.BAD_REQUEST, message);
  }
}
