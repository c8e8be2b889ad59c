package io.pushgate.gateway.hub;

/**
 * How one session stands with one place of its user's journal. <em>Immutable.</em>
 *
 * @param sentMillis when it was sent, in milliseconds since 1970; 0 where it was not, or where when
 *     is not remembered
 * @param ackedMillis when the session acknowledged it, 0 where it did not
 * @param why what keeps it from the session; empty where it was sent
 */
public record Sighting(
    long offset, String session, long sentMillis, long ackedMillis, String why) {}
