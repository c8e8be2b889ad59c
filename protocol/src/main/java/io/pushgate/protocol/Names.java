package io.pushgate.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The rule that every name on the wire obeys: well-formed text of a bounded number of UTF-8 bytes,
 * without control characters. Any thread.
 */
public final class Names {
  private Names() {}

  /**
   * Says what is wrong with a name, as the end of a sentence such as {@code is empty}; null when
   * nothing is. Control characters are C0, DEL and C1.
   */
  public static @Nullable String fault(String name, int maxBytes) {
    int length = name.length();
    if (length == 0) {
      return "is empty";
    }
    int bytes = plainPrefix(name);
    for (int i = bytes; i < length; i++) {
      char c = name.charAt(i);
      if (c < 0x20 || (c >= 0x7f && c <= 0x9f)) {
        return "holds the control character U+%04X".formatted((int) c);
      }
      if (!Character.isSurrogate(c)) {
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      } else if (isPair(name, i)) {
        bytes += 4;
        i++;
      } else {
        return "holds an unpaired surrogate";
      }
    }
    return bytes <= maxBytes ? null : "is %d bytes long, %d at most".formatted(bytes, maxBytes);
  }

  /**
   * Returns the name itself, or throws an IllegalArgumentException that begins with {@code what}.
   */
  public static String check(String what, String name, int maxBytes) {
    String fault = fault(name, maxBytes);
    if (fault != null) {
      throw new IllegalArgumentException(what + " " + fault);
    }
    return name;
  }

  /** How many characters at the beginning are printable ASCII, which most names are throughout. */
  private static int plainPrefix(String name) {
    int plain = 0;
    while (plain < name.length() && name.charAt(plain) >= 0x20 && name.charAt(plain) < 0x7f) {
      plain++;
    }
    return plain;
  }

  private static boolean isPair(String name, int high) {
    return Character.isHighSurrogate(name.charAt(high))
        && high + 1 < name.length()
        && Character.isLowSurrogate(name.charAt(high + 1));
  }
}
