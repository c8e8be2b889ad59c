package io.pushgate.protocol.ingress;

import io.pushgate.protocol.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a frame's body, big-endian, in their order. Confined to its caller. */
final class BodyReader {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] body;
  private int at;
  private @Nullable String fault;

  BodyReader(byte[] body) {
    this.body = body;
  }

  byte[] bytes() {
    return body;
  }

  int u8(String field) throws BodyFault {
    return body[skip(field, Byte.BYTES)] & 0xff;
  }

  int u16(String field) throws BodyFault {
    return (short) SHORT.get(body, skip(field, Short.BYTES)) & 0xffff;
  }

  int i32(String field) throws BodyFault {
    return (int) INT.get(body, skip(field, Integer.BYTES));
  }

  long u32(String field) throws BodyFault {
    return Integer.toUnsignedLong(i32(field));
  }

  long i64(String field) throws BodyFault {
    return (long) LONG.get(body, skip(field, Long.BYTES));
  }

  /**
   * A string, null where it is left out. What is no UTF-8 is a fault that {@link #end} throws,
   * since the rest can still be read.
   */
  @Nullable String text(String field) throws BodyFault {
    int length = u16(field);
    int from = skip(field, length);
    if (fault == null && !Utf8.isValid(body, from, length)) {
      fault = field + ": bad UTF-8";
    }
    return length == 0 ? null : new String(body, from, length, StandardCharsets.UTF_8);
  }

  /** Steps over some bytes and tells where they begin. */
  int skip(String field, long length) throws BodyFault {
    int left = body.length - at;
    if (length > left) {
      throw new BodyFault("%s: %d bytes, but %d left in the frame".formatted(field, length, left));
    }
    int from = at;
    at += (int) length;
    return from;
  }

  /** Throws where a string was no text, or the body goes on. */
  void end() throws BodyFault {
    if (fault != null) {
      throw new BodyFault(fault);
    }
    if (at < body.length) {
      throw new BodyFault("%d bytes too many behind the body".formatted(body.length - at));
    }
  }
}
