package io.pushgate.gateway.broker.local;

import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How many ids publishers chose within the dedupe window, counted a second at a time. <em>Lane
 * only.</em>
 */
final class DedupeWindow {

  /**
   * One second's.
   *
   * @param lastMillis when the last of them came
   */
  private record Second(long count, long lastMillis) {}

  private final Store store;
  private final Turn turn;
  private final long ageMillis;
  private final TreeMap<Long, Second> seconds = new TreeMap<>();
  private final TreeSet<Long> changed = new TreeSet<>();
  private long count;

  DedupeWindow(Store store, Turn turn, long ageMillis) {
    this.store = store;
    this.turn = turn;
    this.ageMillis = ageMillis;
  }

  void load() throws IOException {
    seconds.clear();
    changed.clear();
    count = 0;
    try (Store.View view = store.view();
        Store.Walk walk = view.walk(Keys.start(Keys.WINDOW), Keys.end(Keys.WINDOW))) {
      while (walk.next()) {
        RecordReader in = new RecordReader(walk.value());
        Second second = new Second(in.number(), in.number());
        seconds.put(Keys.lastNumber(walk.key()), second);
        count += second.count();
      }
    }
  }

  /** How many ids may not be forgotten yet. */
  long count(long nowMillis) {
    Iterator<Map.Entry<Long, Second>> oldest = seconds.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<Long, Second> second = oldest.next();
      if (nowMillis < second.getValue().lastMillis() + ageMillis) {
        break;
      }
      turn.delete(Keys.number(Keys.WINDOW, second.getKey()));
      changed.remove(second.getKey());
      count -= second.getValue().count();
      oldest.remove();
    }
    return count;
  }

  void add(long receivedMillis) {
    count++;
    long second = receivedMillis / 1000;
    seconds.merge(
        second,
        new Second(1, receivedMillis),
        (known, one) ->
            new Second(known.count() + 1, Math.max(known.lastMillis(), one.lastMillis())));
    changed.add(second);
  }

  void flush() {
    for (long number : changed) {
      Second second = seconds.get(number);
      if (second != null) {
        byte[] value = turn.records().number(second.count()).number(second.lastMillis()).take();
        turn.put(Keys.number(Keys.WINDOW, number), value);
      }
    }
  }

  void settle() {
    changed.clear();
  }
}
