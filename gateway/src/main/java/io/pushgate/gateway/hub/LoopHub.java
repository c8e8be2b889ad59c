package io.pushgate.gateway.hub;

import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.session.Run;
import io.pushgate.gateway.session.Session;
import io.pushgate.gateway.session.SessionLoop;
import io.pushgate.gateway.transport.Recurring;
import io.pushgate.protocol.CloseCode;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.UserId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one event loop, and what was appended for them. Any thread may {@link #offer};
 * all else is <em>event loop only</em>.
 *
 * <p>Whatever was offered since the last turn crosses as one task: each user's entries are encoded
 * once, end to end, and handed to that user's sessions here; broadcasts go to the {@link Walk}.
 */
final class LoopHub {
  /** Past so many waiting entries the rest is dropped, and the sessions go to their journals. */
  static final int MAX_WAITING = 65_536;

  /** The same of bytes of data; those that one push has for many users count once. */
  static final int MAX_WAITING_BYTES = 16 << 20;

  private static final int RUN_BYTES = 64 * 1024;

  /** What one user gets in a turn is encoded and offered in runs of about this size. */
  private static final int MAX_RUN_BYTES = 256 * 1024;

  /**
   * What waits for the loop: an entry for a group, or for everyone.
   *
   * @param bytes of data that are held for it alone
   */
  private record News(@Nullable UserGroup group, Entry entry, int bytes) {}

  /** The furthest place that a user acknowledged, told to the group as it stood then. */
  private record Acked(UserGroup group, long own, long everyone) {
    Acked further(Acked newer) {
      return new Acked(newer.group, Math.max(own, newer.own), Math.max(everyone, newer.everyone));
    }
  }

  private final SessionLoop shared;
  private final SessionList sessions = new SessionList();
  private final Queue<News> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Map<UserId, Acked> acknowledged = new ConcurrentHashMap<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicBoolean overflowed = new AtomicBoolean();
  private final LongAdder dropped = new LongAdder();
  private final Map<UserId, Batch> batches = new LinkedHashMap<>();
  private final Run run = new Run(SessionLoop.buffer(RUN_BYTES));
  private final Walk walk;
  private volatile @Nullable Payload newest;

  /** One user's entries of this turn, for the group as it stood at the last of them. */
  private static final class Batch {
    private final List<Entry> entries = new ArrayList<>(1);
    private UserGroup group;

    Batch(UserGroup group) {
      this.group = group;
    }

    void add(UserGroup now, Entry entry) {
      // Who left since takes nothing more; who joined since may have opened before this entry.
      group = now;
      entries.add(entry);
    }
  }

  LoopHub(SessionLoop shared) {
    this.shared = shared;
    this.walk = new Walk(shared.loop(), sessions, shared.prefixOfEveryone());
  }

  SessionLoop shared() {
    return shared;
  }

  /** An entry for the sessions that this group has on this loop. <em>Any thread.</em> */
  void offer(UserGroup group, Entry entry) {
    enqueue(group, entry);
  }

  /** How much did not fit the queue. <em>Any thread.</em> */
  long dropped() {
    return dropped.sum();
  }

  /** A broadcast for all sessions of this loop. <em>Any thread.</em> */
  void offer(Entry broadcast) {
    enqueue(null, broadcast);
  }

  /** An acknowledgement for the other sessions of this group. <em>Any thread.</em> */
  void acked(UserGroup group, long own, long everyone) {
    acknowledged.merge(group.user(), new Acked(group, own, everyone), Acked::further);
    wake();
  }

  private void enqueue(@Nullable UserGroup group, Entry entry) {
    int bytes = bytesHeldFor(entry.data());
    int count = waitingCount.incrementAndGet();
    if (waitingBytes.addAndGet(bytes) <= MAX_WAITING_BYTES && count <= MAX_WAITING) {
      waiting.add(new News(group, entry, bytes));
    } else {
      waitingCount.decrementAndGet();
      waitingBytes.addAndGet(-bytes);
      overflowed.set(true);
      dropped.increment();
    }
    wake();
  }

  /** A push for many users is one payload, which comes for them one after the other. */
  @SuppressWarnings("ReferenceEquality") // What is counted is memory.
  private int bytesHeldFor(Payload data) {
    boolean again = data == newest;
    newest = data;
    return again ? 0 : data.length();
  }

  private void wake() {
    if (scheduled.compareAndSet(false, true)) {
      shared.loop().execute(this::drain);
    }
  }

  private void drain() {
    assert shared.loop().inEventLoop();
    scheduled.set(false);
    if (overflowed.compareAndSet(true, false)) {
      // Before anything that was appended behind the hole: nothing is dropped while we are here.
      sessions.forEach(Session::missed);
      shared.limitHit("waiting-for-loop");
    }
    boolean whole = false;
    try {
      sortWaiting();
      shared.readClock(); // Behind the last of the news: nothing is sent before it was journalled.
      batches.values().forEach(this::deliver);
      whole = true;
    } finally {
      batches.clear();
      if (!whole) {
        overflowed.set(true); // Without a buffer, say. All that was taken is in the journals.
        wake();
      }
    }
    tellAcknowledged();
    walk.go();
  }

  private void sortWaiting() {
    int taken = 0;
    long bytes = 0;
    try {
      for (News news = waiting.poll(); news != null; news = waiting.poll()) {
        taken++;
        bytes += news.bytes();
        sort(news.group(), news.entry());
      }
    } finally {
      waitingCount.addAndGet(-taken);
      waitingBytes.addAndGet(-bytes);
    }
  }

  private void sort(@Nullable UserGroup group, Entry entry) {
    if (group == null) {
      walk.append(entry);
    } else {
      batches.computeIfAbsent(group.user(), user -> new Batch(group)).add(group, entry);
    }
  }

  /** Behind the entries, since what is acknowledged was told to all sessions before. */
  private void tellAcknowledged() {
    acknowledged.forEach(
        (user, acked) -> {
          if (acknowledged.remove(user, acked)) { // Else it moved on: another turn is due.
            tell(acked);
          }
        });
  }

  private void tell(Acked acked) {
    for (Session session : acked.group().sessions()) {
      if (session.shared() == shared) {
        SessionList.visit(session, told -> told.acked(acked.own(), acked.everyone()));
      }
    }
  }

  private void deliver(Batch batch) {
    UserGroup group = batch.group;
    run.reset(Feed.USER, batch.entries.get(0).previous());
    for (Entry entry : batch.entries) {
      if (run.length() > MAX_RUN_BYTES || entry.previous() != run.newest()) {
        offer(group);
        run.reset(Feed.USER, entry.previous());
      }
      run.append(entry, group.get(0).cursorPrefix());
    }
    offer(group);
  }

  private void offer(UserGroup group) {
    for (int i = 0; i < group.size(); i++) {
      Session session = group.get(i);
      if (session.shared() == shared) {
        SessionList.offer(session, run);
      }
    }
  }

  void add(Session session) {
    assert shared.loop().inEventLoop();
    sessions.add(session);
    walk.added();
  }

  void remove(Session session) {
    assert shared.loop().inEventLoop();
    Session moved = sessions.remove(session);
    if (moved != null) {
      walk.moved(moved);
    }
  }

  /** Heartbeats and deadlines of all sessions, every so many milliseconds. */
  void sweepEvery(long millis) {
    Recurring.every(shared.loop(), millis, "a loop's sweep", this::sweep);
  }

  private void sweep() {
    shared.tick();
    sessions.forEach(Session::sweep);
  }

  /** Lets this part go of the bytes that are held for sessions here. <em>Any thread.</em> */
  void shed(double part) {
    shared.loop().execute(() -> Shedding.shed(sessions, part));
  }

  void shutDown() {
    assert shared.loop().inEventLoop();
    sessions.forEach(session -> session.close(CloseCode.SHUTDOWN, "the gateway stops"));
  }

  SessionList sessions() {
    return sessions;
  }

  void release() {
    run.release();
    walk.release();
    shared.release();
  }
}
