package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.JournalId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds what has ended without anybody touching it: entries whose end is due, and, by going round
 * slowly, journals whose oldest entry is too old, heads of journals that hold nothing, and pushes
 * that nothing asks for. <em>One thread at a time.</em>
 */
final class Sweeps {
  /** Dues that are handed to the lane at once. */
  static final int DUES = 1_000;

  private static final int JOURNALS = 500;
  private static final int HEADS = 1_000;
  private static final int PUSHES = 2_000;

  /** Between two rounds nothing is looked at for so long. */
  private static final long REST_MILLIS = TimeUnit.MINUTES.toMillis(1);

  /** In a large store more is looked at each time, so that a round takes half an hour at most. */
  private static final int ROUND_STEPS = 1_000;

  private static final long LATE_MILLIS = TimeUnit.MINUTES.toMillis(1);
  private static final long WHOLE_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private long lookedMillis;
  private long wholeMillis;
  private long dueFromMillis;
  private final Round journals = new Round(Keys.ENTRY);
  private final Round heads = new Round(Keys.HEAD);
  private final Round pushes = new Round(Keys.ID);

  /** An entry's end that has come. */
  record Due(long millis, JournalId journal, long offset) {}

  /**
   * What there is to do for the lane.
   *
   * @param aged journals whose oldest entry is too old
   * @param empty journals whose head may go
   * @param over pushes that nothing asks for
   */
  record Found(List<Due> dues, List<JournalId> aged, List<JournalId> empty, List<String> over) {
    Found {
      dues = List.copyOf(dues);
      aged = List.copyOf(aged);
      empty = List.copyOf(empty);
      over = List.copyOf(over);
    }
  }

  Found look(Store.View view, long nowMillis, Reads.Ages ages, long known) throws IOException {
    List<JournalId> aged = new ArrayList<>();
    List<JournalId> empty = new ArrayList<>();
    List<String> over = new ArrayList<>();
    int count = (int) Math.max(JOURNALS, known / ROUND_STEPS);
    for (int i = 0; i < count && journals.isUnderWay(nowMillis); i++) {
      lookAtOldest(view, nowMillis, ages.journalMillis(), aged);
    }
    for (int i = 0; i < Math.max(HEADS, count) && heads.isUnderWay(nowMillis); i++) {
      lookAtHead(view, nowMillis, ages.journalMillis(), empty);
    }
    lookAtPushes(view, nowMillis, ages.dedupeMillis(), over);
    return new Found(dues(view, nowMillis), aged, empty, over);
  }

  /**
   * Begins where the last one found something, since the engine has to step over what went before.
   * What a slow commit stores late is found a little behind that, or by the next whole look.
   */
  private List<Due> dues(Store.View view, long nowMillis) throws IOException {
    List<Due> dues = new ArrayList<>();
    boolean whole = Math.abs(nowMillis - wholeMillis) >= WHOLE_MILLIS || nowMillis < lookedMillis;
    long from = whole ? 0 : Math.max(0, dueFromMillis - LATE_MILLIS);
    wholeMillis = whole ? nowMillis : wholeMillis;
    byte[] end = Keys.number(Keys.DUE, nowMillis + 1);
    try (Store.Walk walk = view.walk(Keys.number(Keys.DUE, from), end)) {
      while (dues.size() < DUES && walk.next()) {
        RecordReader key = new RecordReader(walk.key(), 1);
        dues.add(new Due(key.fixed(), Keys.journal(key.name()), key.fixed()));
      }
    }
    lookedMillis = nowMillis;
    dueFromMillis = dues.isEmpty() ? nowMillis : dues.get(0).millis();
    return dues;
  }

  private void lookAtOldest(Store.View view, long nowMillis, long ageMillis, List<JournalId> aged)
      throws IOException {
    try (Store.Walk walk = view.walk(journals.from, journals.end)) {
      if (!walk.next()) {
        journals.rest(nowMillis);
        return;
      }
      String name = new RecordReader(walk.key(), 1).name();
      long offset = Keys.lastNumber(walk.key());
      if (Stored.read(offset, walk.value()).takenMillis() <= nowMillis - ageMillis) {
        aged.add(Keys.journal(name));
      }
      journals.from = Keys.behind(Keys.ENTRY, Keys.name(name));
    }
  }

  private void lookAtHead(Store.View view, long nowMillis, long ageMillis, List<JournalId> empty)
      throws IOException {
    try (Store.Walk walk = view.walk(heads.from, heads.end)) {
      if (!walk.next()) {
        heads.rest(nowMillis);
        return;
      }
      byte[] name = Keys.name(new RecordReader(walk.key(), 1).name());
      heads.from = Keys.behind(Keys.HEAD, name);
      if (!Head.read(walk.value()).at(nowMillis, ageMillis).placed()) {
        try (Store.Walk held =
            view.walk(Keys.of(Keys.ENTRY, name), Keys.behind(Keys.ENTRY, name))) {
          if (!held.next()) {
            empty.add(Keys.journal(new RecordReader(name).name()));
          }
        }
      }
    }
  }

  private void lookAtPushes(Store.View view, long nowMillis, long dedupeMillis, List<String> over)
      throws IOException {
    if (!pushes.isUnderWay(nowMillis)) {
      return;
    }
    try (Store.Walk walk = view.walk(pushes.from, pushes.end)) {
      for (int i = 0; i < PUSHES; i++) {
        if (!walk.next()) {
          pushes.rest(nowMillis);
          return;
        }
        Tracked push = Tracked.read(Keys.id(walk.key()), walk.value());
        if (push.over(nowMillis, dedupeMillis)) {
          over.add(push.id);
        }
        pushes.from = Arrays.copyOf(walk.key(), walk.key().length + 1);
      }
    }
  }

  /** Goes through all keys of one letter, again and again. */
  private static final class Round {
    private final byte letter;
    private final byte[] end;
    private byte[] from;
    private long restedMillis = Long.MIN_VALUE / 2;

    Round(byte letter) {
      this.letter = letter;
      this.from = Keys.start(letter);
      this.end = Keys.end(letter);
    }

    /** A rest lasts a minute, by a clock that may have been put back. */
    boolean isUnderWay(long nowMillis) {
      return Math.abs(nowMillis - restedMillis) >= REST_MILLIS;
    }

    /** All were looked at: the next round begins a while from now. */
    void rest(long nowMillis) {
      from = Keys.start(letter);
      restedMillis = nowMillis;
    }
  }
}
