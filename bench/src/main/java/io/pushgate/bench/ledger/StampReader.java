package io.pushgate.bench.ledger;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the stamp in a frame and holds what it read last, so that a delivery makes no object. Event
 * loop only: each loop has its own.
 */
public final class StampReader {
  private static final byte[] VALUES = values();

  private final int payloadBytes;
  private int run;
  private int slot;
  private int sequence;
  private long intendedNanos;

  public StampReader(int payloadBytes) {
    this.payloadBytes = payloadBytes;
  }

  /**
   * Reads the stamp of a frame. The data is the last field of a notification, so the stamp is first
   * looked for there, and in the whole frame only where another order of fields has moved it.
   *
   * @return whether there is one
   */
  public boolean read(ByteBuf in, int from, int to) {
    int expected = to - 1 - payloadBytes;
    if (expected >= from && isMarker(in, expected, to)) {
      return digits(in, expected + Stamp.MARKER.length);
    }
    for (int at = from; at + Stamp.MIN_PAYLOAD <= to; at++) {
      if (isMarker(in, at, to)) {
        return digits(in, at + Stamp.MARKER.length);
      }
    }
    return false;
  }

  public int run() {
    return run;
  }

  public int slot() {
    return slot;
  }

  public int sequence() {
    return sequence;
  }

  public long intendedNanos() {
    return intendedNanos;
  }

  private static boolean isMarker(ByteBuf in, int at, int to) {
    if (at + Stamp.MIN_PAYLOAD > to) {
      return false;
    }
    for (int i = 0; i < Stamp.MARKER.length; i++) {
      if (in.getByte(at + i) != Stamp.MARKER[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean digits(ByteBuf in, int at) {
    long first = hex(in, at, Stamp.RUN_DIGITS);
    long second = hex(in, at + Stamp.RUN_DIGITS, Stamp.SLOT_DIGITS);
    long third = hex(in, at + Stamp.RUN_DIGITS + Stamp.SLOT_DIGITS, Stamp.SEQUENCE_DIGITS);
    int nanosAt = at + Stamp.DIGITS - Stamp.NANOS_DIGITS;
    long high = hex(in, nanosAt, Stamp.NANOS_DIGITS / 2);
    long low = hex(in, nanosAt + Stamp.NANOS_DIGITS / 2, Stamp.NANOS_DIGITS / 2);
    if ((first | second | third | high | low) < 0) {
      return false;
    }
    run = (int) first;
    slot = (int) second;
    sequence = (int) third;
    intendedNanos = high << 32 | low;
    return true;
  }

  /** At most eight digits; negative where one is no digit. */
  private static long hex(ByteBuf in, int at, int digits) {
    long value = 0;
    int faults = 0;
    for (int i = 0; i < digits; i++) {
      int digit = VALUES[in.getByte(at + i) & 0xff];
      faults |= digit;
      value = value << 4 | (digit & 15);
    }
    return faults < 0 ? -1 : value;
  }

  private static byte[] values() {
    byte[] values = new byte[256];
    Arrays.fill(values, (byte) -1);
    byte[] digits = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < digits.length; i++) {
      values[digits[i]] = (byte) i;
    }
    return values;
  }
}
