package io.pushgate.bench.client;

/**
 * How fast sessions are opened. Immutable.
 *
 * @param perSecond a fixed rate, whose latencies count from the intended time; zero for none
 * @param inFlight where there is no rate, how many handshakes may be under way
 */
public record OpenPace(double perSecond, int inFlight) {
  public OpenPace {
    if (perSecond < 0 || inFlight < 1) {
      throw new IllegalArgumentException(
          "%s clients a second, %d in flight".formatted(perSecond, inFlight));
    }
  }

  boolean isRate() {
    return perSecond > 0;
  }
}
