package io.pushgate.bench.crash;

import io.pushgate.bench.crash.Violation.Promise;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All broken promises counted, the first ones of each kind in words. Any thread. */
final class Violations {
  private static final int KEPT_OF_EACH = 20;

  private final List<Violation> first = new ArrayList<>();
  private final Map<Promise, Integer> counts = new EnumMap<>(Promise.class);
  private int round;

  /** Says which round those that follow belong to. */
  synchronized void round(int round) {
    this.round = round;
  }

  synchronized void add(Promise promise, String who, String id, String detail) {
    if (counts.merge(promise, 1, Integer::sum) <= KEPT_OF_EACH) {
      first.add(new Violation(promise, round, who, id, detail));
    }
  }

  synchronized Map<Promise, Integer> counts() {
    return new EnumMap<>(counts);
  }

  /** The first of them, in the order in which they were noticed. */
  synchronized List<Violation> first() {
    return List.copyOf(first);
  }

  synchronized int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
