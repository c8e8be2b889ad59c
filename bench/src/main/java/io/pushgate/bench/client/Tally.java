package io.pushgate.bench.client;

/**
 * What sessions have counted so far. Immutable.
 *
 * @param live welcomed and not ended
 * @param delivered first arrivals of pushes of this run
 * @param bytes read from the sockets
 * @param gaps frames that told of one
 * @param errors frames that told of one
 * @param foreign notifications of another run
 * @param strayed frames and events that nobody asked for
 * @param ended sessions whose connection ended while they were live
 */
public record Tally(
    int live,
    long delivered,
    long bytes,
    long gaps,
    long errors,
    long foreign,
    long strayed,
    int ended) {
  static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

  Tally plus(Tally other) {
    return new Tally(
        live + other.live,
        delivered + other.delivered,
        bytes + other.bytes,
        gaps + other.gaps,
        errors + other.errors,
        foreign + other.foreign,
        strayed + other.strayed,
        ended + other.ended);
  }
}
