package io.pushgate.bench.client;

/**
 * What slow sessions came to. Immutable.
 *
 * @param open still connected
 * @param delivered pushes that came
 * @param bytes read
 * @param gaps frames that told of one
 * @param told pushes that did not come, behind such a frame
 * @param lost pushes that did not come, and nobody said so
 * @param doubled pushes that came again, or late
 */
public record SlowTally(
    int open, long delivered, long bytes, long gaps, long told, long lost, long doubled) {
  static final SlowTally NOTHING = new SlowTally(0, 0, 0, 0, 0, 0, 0);

  SlowTally plus(SlowTally other) {
    return new SlowTally(
        open + other.open,
        delivered + other.delivered,
        bytes + other.bytes,
        gaps + other.gaps,
        told + other.told,
        lost + other.lost,
        doubled + other.doubled);
  }
}
