package io.pushgate.protocol.ingress;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.Limits;
import org.jspecify.annotations.Nullable;

/**
 * The JSON-lines form of the ingress port: one object a line. A line is read and written here
 * without what separates lines from each other on the way in; empty lines are for the caller to
 * skip. Any thread.
 */
public final class JsonLines {
  private JsonLines() {}

  /**
   * Reads one request. The array stays the caller's and may be used again, but line breaks in it
   * become spaces.
   *
   * @param maxPayload bytes of data at most
   */
  public static Envelope read(byte[] line, int offset, int length, int maxPayload)
      throws MalformedRequest {
    return read(line, offset, length, maxPayload, null);
  }

  /** As {@link #read}, in the HTTP form: a line without {@code op} is a push. */
  public static Envelope readPush(byte[] line, int offset, int length, int maxPayload)
      throws MalformedRequest {
    return read(line, offset, length, maxPayload, RequestKind.PUSH);
  }

  /** Appends one answer and a line feed. */
  public static void write(Ref ref, IngressAnswer answer, ByteBuf out) {
    answer.match(new JsonAnswerWriter(ref, out)).end();
    out.writeByte('\n');
  }

  /** Appends one request and a line feed, for publishers. */
  public static void writeRequest(Envelope envelope, ByteBuf out) {
    envelope.request().match(new JsonRequestWriter(envelope.ref(), out)).end();
    out.writeByte('\n');
  }

  /**
   * Reads one answer, for publishers. The array is given away.
   *
   * @return null for an {@code op} of a newer protocol, which a publisher ignores
   * @throws IllegalArgumentException where it is no answer, with the field or column
   */
  public static @Nullable Reply readAnswer(byte[] line, int offset, int length) {
    return JsonAnswerReader.read(line, offset, length);
  }

  private static Envelope read(
      byte[] line, int offset, int length, int maxPayload, @Nullable RequestKind otherwise)
      throws MalformedRequest {
    if (length > Limits.MAX_LINE) {
      throw tooLong(Limits.MAX_LINE);
    }
    return new JsonRequestReader(line, offset, length, maxPayload).read(otherwise);
  }

  /**
   * What a line is answered with that is longer than {@code max}, for whoever finds the ends of
   * lines.
   */
  public static MalformedRequest tooLong(int max) {
    return new MalformedRequest(
        Ref.NONE, null, NackCode.TOO_LARGE, "line is longer than %d bytes".formatted(max));
  }
}
