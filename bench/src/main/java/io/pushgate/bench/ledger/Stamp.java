package io.pushgate.bench.ledger;

import io.pushgate.protocol.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a push carries in its {@code data}: {@code {"bench":"…40 hex digits…","pad":"…"}} with the
 * run, the slot of the window, the sequence number and the intended time. Every payload of a run
 * has the same length, so a reader finds the digits at a fixed distance from the end of the frame.
 * Immutable.
 */
public final class Stamp {
  static final byte[] MARKER = "{\"bench\":\"".getBytes(StandardCharsets.US_ASCII);
  static final int RUN_DIGITS = 8;
  static final int SLOT_DIGITS = 8;
  static final int SEQUENCE_DIGITS = 8;
  static final int NANOS_DIGITS = 16;
  static final int DIGITS = RUN_DIGITS + SLOT_DIGITS + SEQUENCE_DIGITS + NANOS_DIGITS;

  /** Bytes of the smallest data: marker, digits, quote and brace. */
  public static final int MIN_PAYLOAD = MARKER.length + DIGITS + 2;

  /** The slot of a push that belongs to no window. */
  public static final int NO_SLOT = -1;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PAD_KEY = "\",\"pad\":\"".getBytes(StandardCharsets.US_ASCII);

  private final byte[] template;

  /**
   * Prepares payloads of one size. Between the smallest and the smallest with a pad the rest is
   * made of spaces, which JSON allows before the closing brace.
   */
  public Stamp(int run, int payloadBytes) {
    if (payloadBytes < MIN_PAYLOAD) {
      throw new IllegalArgumentException(
          "a payload of %d bytes does not hold the %d bytes of a stamp"
              .formatted(payloadBytes, MIN_PAYLOAD));
    }
    template = new byte[payloadBytes];
    Arrays.fill(template, (byte) ' ');
    System.arraycopy(MARKER, 0, template, 0, MARKER.length);
    int end = MARKER.length + DIGITS;
    int last = payloadBytes - 1;
    if (payloadBytes >= end + PAD_KEY.length + 2) {
      System.arraycopy(PAD_KEY, 0, template, end, PAD_KEY.length);
      Arrays.fill(template, end + PAD_KEY.length, last - 1, (byte) 'x');
      template[last - 1] = '"';
    } else {
      template[end] = '"';
    }
    template[last] = '}';
    writeHex(template, MARKER.length, RUN_DIGITS, run);
  }

  /** Makes the data of one push in an array of its own. */
  public Payload payload(int slot, int sequence, long intendedNanos) {
    byte[] bytes = template.clone();
    int at = MARKER.length + RUN_DIGITS;
    writeHex(bytes, at, SLOT_DIGITS, slot);
    writeHex(bytes, at + SLOT_DIGITS, SEQUENCE_DIGITS, sequence);
    writeHex(bytes, at + SLOT_DIGITS + SEQUENCE_DIGITS, NANOS_DIGITS, intendedNanos);
    return new Payload(bytes, 0, bytes.length);
  }

  private static void writeHex(byte[] bytes, int at, int digits, long value) {
    for (int i = at + digits - 1; i >= at; i--) {
      bytes[i] = HEX[(int) (value & 15)];
      value >>>= 4;
    }
  }
}
