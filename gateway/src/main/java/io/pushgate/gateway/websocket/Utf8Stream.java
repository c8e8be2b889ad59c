package io.pushgate.gateway.websocket;

import io.netty.util.ByteProcessor;

/**
 * UTF-8 as RFC 3629 defines it, judged as it arrives: no overlong form, no surrogate, nothing
 * beyond U+10FFFF. The first byte that no text could have there ends it, however few came before.
 * Event loop only, one for each text.
 */
final class Utf8Stream implements ByteProcessor {
  private static final int LOWEST = 0x80;
  private static final int HIGHEST = 0xBF;

  /** How many bytes of the current character have not come. */
  private int missing;

  /** What the next of them may be: only the first of them has bounds of its own. */
  private int lowest = LOWEST;

  private int highest = HIGHEST;

  /** Answers whether the text may go on like this. */
  @Override
  public boolean process(byte value) {
    int b = value & 0xFF;
    if (missing == 0) {
      return b < LOWEST || begin(b);
    }
    boolean fits = b >= lowest && b <= highest;
    missing--;
    lowest = LOWEST;
    highest = HIGHEST;
    return fits;
  }

  private boolean begin(int lead) {
    if (lead >= 0xC2 && lead <= 0xDF) {
      missing = 1;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      missing = 2;
      lowest = lead == 0xE0 ? 0xA0 : LOWEST;
      highest = lead == 0xED ? 0x9F : HIGHEST;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      missing = 3;
      lowest = lead == 0xF0 ? 0x90 : LOWEST;
      highest = lead == 0xF4 ? 0x8F : HIGHEST;
    }
    return missing > 0;
  }

  /** Whether the text may end here: no character is cut. */
  boolean isComplete() {
    return missing == 0;
  }
}
