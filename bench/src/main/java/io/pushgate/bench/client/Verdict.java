package io.pushgate.bench.client;

import java.util.List;

/**
 * What was wrong at all sessions together. Immutable.
 *
 * @param lost deliveries that did not come
 * @param doubled deliveries that came again
 * @param reordered deliveries that came behind a later one
 * @param sessions how many sessions something was wrong at
 */
public record Verdict(long lost, long doubled, long reordered, int sessions) {
  static final Verdict CLEAN = new Verdict(0, 0, 0, 0);

  public boolean isClean() {
    return lost == 0 && doubled == 0 && reordered == 0;
  }

  static Verdict of(List<Session> sessions, Expectation expectation) {
    Verdict sum = CLEAN;
    for (Session session : sessions) {
      int user = session.user();
      int lost = session.ledger().lost(expectation.sentTo(user), expectation.refusedFor(user));
      int doubled = session.ledger().doubled();
      int reordered = session.ledger().reordered();
      int wrong = lost + doubled + reordered == 0 ? 0 : 1;
      sum = sum.plus(new Verdict(lost, doubled, reordered, wrong));
    }
    return sum;
  }

  Verdict plus(Verdict other) {
    return new Verdict(
        lost + other.lost,
        doubled + other.doubled,
        reordered + other.reordered,
        sessions + other.sessions);
  }
}
