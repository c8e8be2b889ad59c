package io.pushgate.protocol.ingress;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What ties an answer to its request: nothing, the JSON token of a line's {@code ref} as it was
 * sent, or the correlation id of a binary frame. Immutable.
 */
public final class Ref {
  /** The request carried no ref, so the answer carries none. */
  public static final Ref NONE = new Ref(new byte[0], 0);

  private static final byte[] CORRELATION = new byte[0];

  private final byte[] token;
  private final long correlation;

  private Ref(byte[] token, long correlation) {
    this.token = token;
    this.correlation = correlation;
  }

  /** Copies a token, a JSON string with its quotes or a number, out of a line. */
  public static Ref json(byte[] line, int offset, int length) {
    if (length == 0) {
      throw new IllegalArgumentException("a ref is a JSON string or number");
    }
    return new Ref(Arrays.copyOfRange(line, offset, offset + length), 0);
  }

  /** An unsigned 64-bit number. */
  public static Ref correlation(long id) {
    return new Ref(CORRELATION, id);
  }

  public boolean isNone() {
    return equals(NONE);
  }

  /** The correlation id of a binary frame; zero for the others. */
  public long correlation() {
    return correlation;
  }

  /** Appends the token to a line: a correlation id as a number, nothing for {@link #NONE}. */
  void writeTo(ByteBuf out) {
    if (token == CORRELATION) {
      out.writeCharSequence(Long.toUnsignedString(correlation), StandardCharsets.US_ASCII);
    } else {
      out.writeBytes(token);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ref that
        && correlation == that.correlation
        && (token == CORRELATION) == (that.token == CORRELATION)
        && Arrays.equals(token, that.token);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(token) + Long.hashCode(correlation);
  }

  @Override
  public String toString() {
    return token == CORRELATION
        ? Long.toUnsignedString(correlation)
        : new String(token, StandardCharsets.UTF_8);
  }
}
