package io.pushgate.gateway.broker.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is known of the store as a whole: its epoch, which offsets were given, and a few counts.
 * <em>Lane only</em>, but for what says otherwise.
 *
 * <p>Offsets are reserved ahead, and the reservation is on stable storage before the first of them
 * is shown. After an end that was not clean the store goes on behind the reserved mark, so that no
 * offset is ever given twice; those between the last one found and the mark are a hole. A process
 * that was killed had shown none of them, a machine without power may have.
 */
final class Meta {
  private static final long RESERVE = 1 << 20;
  private static final int MAX_HOLES = 1_000;

  private static final byte[] EPOCH = Keys.meta("epoch");
  private static final byte[] RESERVED = Keys.meta("reserved");
  private static final byte[] COUNTS = Keys.meta("counts");

  /** Offsets that were never given to anything that is held: from behind one up to another. */
  private record Hole(long from, long to) {}

  private final Turn turn;
  private final long epoch;
  private final long begun;
  private final List<Hole> holes;

  /** The newest offset that was given, be it stored or not. */
  private volatile long newest;

  private long reserved;
  private volatile long floor;
  private long journals;
  private volatile long stored;
  private volatile long storedJournals;

  private Meta(Turn turn, long epoch, long newest, long reserved, List<Hole> holes) {
    this.turn = turn;
    this.epoch = epoch;
    this.newest = newest;
    this.reserved = reserved;
    this.begun = newest;
    this.stored = newest;
    this.holes = List.copyOf(holes);
  }

  /** Reads what the store says of itself, or begins a new one. */
  static Meta open(Store store, Turn turn) throws IOException {
    byte[] epoch = store.get(EPOCH);
    if (epoch == null) {
      long drawn = ThreadLocalRandom.current().nextLong();
      turn.put(EPOCH, new RecordWriter().fixed(drawn).take());
      Meta fresh = new Meta(turn, drawn, 0, 0, List.of());
      fresh.begin();
      return fresh;
    }
    List<Hole> holes = readHoles(store);
    byte[] reservedRecord = store.get(RESERVED);
    long reserved = reservedRecord == null ? 0 : new RecordReader(reservedRecord).fixed();
    byte[] counts = store.get(COUNTS);
    RecordReader in = new RecordReader(counts == null ? new byte[3] : counts);
    long found = in.number();
    if (found < reserved) {
      holes.add(new Hole(found, reserved));
      turn.put(Keys.number(Keys.HOLE, reserved), new RecordWriter().fixed(found).take());
    }
    while (holes.size() > MAX_HOLES) {
      turn.delete(Keys.number(Keys.HOLE, holes.remove(0).to()));
    }
    Meta meta =
        new Meta(turn, new RecordReader(epoch).fixed(), Math.max(found, reserved), reserved, holes);
    meta.floor = in.number();
    meta.journals = in.number();
    meta.storedJournals = meta.journals;
    meta.begin();
    return meta;
  }

  /** Gives a copy of the store an epoch of its own, so that it knows no cursor of this one. */
  static void writeEpoch(Store.Batch batch, long epoch) {
    batch.put(EPOCH, new RecordWriter().fixed(epoch).take());
  }

  private static List<Hole> readHoles(Store store) throws IOException {
    List<Hole> holes = new ArrayList<>();
    try (Store.View view = store.view();
        Store.Walk walk = view.walk(Keys.start(Keys.HOLE), Keys.end(Keys.HOLE))) {
      while (walk.next()) {
        holes.add(new Hole(new RecordReader(walk.value()).fixed(), Keys.lastNumber(walk.key())));
      }
    }
    return holes;
  }

  private void begin() throws IOException {
    reserve();
    flush();
    IOException failure = turn.commit();
    if (failure != null) {
      throw failure;
    }
    turn.tell();
  }

  long epoch() {
    return epoch;
  }

  /** The next offset, greater than all before it, also those of earlier processes. */
  long next() {
    long next = newest + 1;
    newest = next;
    if (next > reserved) {
      reserve();
    }
    return next;
  }

  private void reserve() {
    reserved = newest + RESERVE;
    turn.put(RESERVED, new RecordWriter().fixed(reserved).take());
    turn.sync();
  }

  /** The newest offset that is stored. <em>Any thread.</em> */
  long stored() {
    return stored;
  }

  /** The newest offset when this process began: what lies behind it, this process gave. */
  long begun() {
    return begun;
  }

  /**
   * Whether a client may hold a cursor of this offset: it was given, as far as this store knows.
   * What was stored a moment ago may have been read, sent and acknowledged before {@link #stored}
   * tells. <em>Any thread.</em>
   */
  boolean given(long offset) {
    if (offset < 0 || offset > newest) {
      return false;
    }
    for (Hole hole : holes) {
      if (offset > hole.from() && offset <= hole.to()) {
        return false;
      }
    }
    return true;
  }

  /** What a journal without a head may have held up to this offset is gone. <em>Any thread.</em> */
  long floor() {
    return floor;
  }

  void raiseFloor(long offset) {
    floor = Math.max(floor, offset);
  }

  void journals(int change) {
    journals += change;
  }

  /** How many journals hold something. <em>Any thread.</em> */
  long journals() {
    return storedJournals;
  }

  /** Puts the counts into a batch that holds something. */
  void flush() {
    turn.put(COUNTS, new RecordWriter().number(newest).number(floor).number(journals).take());
  }

  /** The turn ended well. */
  void settle() {
    stored = newest;
    storedJournals = journals;
  }

  /**
   * A turn failed: only the store knows how things stand. No offset is given again all the same.
   */
  void reload(Store store) throws IOException {
    byte[] record = store.get(RESERVED);
    reserved = record == null ? 0 : new RecordReader(record).fixed();
    byte[] counts = store.get(COUNTS);
    if (counts != null) {
      RecordReader in = new RecordReader(counts);
      stored = Math.max(stored, in.number());
      floor = in.number();
      journals = in.number();
      storedJournals = journals;
    }
  }

  /** Gives back what is reserved and was not given: the end is clean. */
  void close() {
    turn.put(RESERVED, new RecordWriter().fixed(newest).take());
    flush();
    turn.sync();
  }
}
