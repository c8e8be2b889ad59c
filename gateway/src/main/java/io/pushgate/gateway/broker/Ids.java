package io.pushgate.gateway.broker;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the ids of pushes that brought none: fifteen characters, seven of the millisecond, then a
 * count that starts at a random number, so that ids sort by time and two processes do not meet.
 * <em>Any thread.</em>
 */
public final class Ids {

  private static final int TIME_DIGITS = 7;
  private static final int COUNT_DIGITS = 8;

  private final AtomicLong count = new AtomicLong(ThreadLocalRandom.current().nextLong());

  public String next(long nowMillis) {
    byte[] text = new byte[TIME_DIGITS + COUNT_DIGITS];
    Digits.write(nowMillis, TIME_DIGITS, text, 0);
    Digits.write(count.incrementAndGet(), COUNT_DIGITS, text, TIME_DIGITS);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
