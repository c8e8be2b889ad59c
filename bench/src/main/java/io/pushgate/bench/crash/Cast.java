package io.pushgate.bench.crash;

import io.pushgate.protocol.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All publishers and readers of a run, with their threads. The thread of the command. */
final class Cast {
  private static final Habit[] SECOND = {Habit.PAGE, Habit.WINDOW, Habit.ACKS, Habit.DRIFTER};

  private final CrashLedger ledger;
  private final Door door;
  private final long seed;
  private final List<CrashPublisher> publishers = new ArrayList<>();
  private final List<Reader> readers = new ArrayList<>();
  private final List<ReaderBooks> books = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /** Each user has a reader with a chain, and one with another habit. */
  Cast(CrashLedger ledger, Door door, Quota quota, long seed) {
    this.ledger = ledger;
    this.door = door;
    this.seed = seed;
    Script script = ledger.script();
    for (int user = 0; user < script.users(); user++) {
      Habit second = SECOND[user % SECOND.length];
      // Exactly one reader of a user acknowledges: what another has not read yet is not passed.
      add(user, Habit.CHAIN, second == Habit.DRIFTER);
      add(user, second, second == Habit.PAGE);
    }
    for (int i = 0; i < script.publishers(); i++) {
      publishers.add(new CrashPublisher(i, ledger, door, quota));
    }
  }

  private Reader add(int user, Habit habit, boolean acknowledges) {
    String name = "user %d, %s".formatted(user, habit);
    ReaderBooks itsBooks = new ReaderBooks(name, user, habit, ledger);
    books.add(itsBooks);
    Reader reader =
        new Reader(itsBooks, ledger.script(), door, acknowledges, seed + readers.size());
    readers.add(reader);
    return reader;
  }

  void start() {
    readers.forEach(reader -> start(reader, "reader"));
    publishers.forEach(publisher -> start(publisher, "publisher"));
  }

  private void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  /** Whether each reader has had a first connection, before which pushes would pass it by. */
  boolean isReading() {
    return readers.stream().allMatch(reader -> reader.origin() != null);
  }

  /** Everybody stops; then one more reader a user goes through all that is held. */
  void startReplays() {
    readers.forEach(Reader::finish);
    int chains = readers.size();
    for (int i = 0; i < chains; i++) {
      Position origin = readers.get(i).origin();
      if (books.get(i).habit() == Habit.CHAIN && origin != null) {
        Reader replay = add(books.get(i).user(), Habit.CHAIN, false);
        replay.goOnFrom(origin);
        start(replay, "replay");
      }
    }
  }

  /** Publishers look whether they may send. */
  void wake() {
    publishers.forEach(CrashPublisher::wake);
  }

  boolean isConnected() {
    return publishers.stream().anyMatch(CrashPublisher::isConnected);
  }

  int unanswered() {
    return publishers.stream().mapToInt(publisher -> publisher.answers().unanswered()).sum();
  }

  long answered() {
    return publishers.stream().mapToLong(publisher -> publisher.answers().answered()).sum();
  }

  int receipts() {
    return publishers.stream().mapToInt(publisher -> publisher.receipts().count()).sum();
  }

  long arrived() {
    return books.stream().mapToLong(ReaderBooks::arrived).sum();
  }

  /** Whether nothing is owed to anybody. */
  boolean isSettled() {
    return isDelivered() && receipts() >= ledger.owedReceipts();
  }

  /**
   * Whether all that was acked came to everybody. Its receipts may have to wait for what is pushed
   * next: an acknowledgement that was lost with its connection is not repeated before.
   */
  boolean isDelivered() {
    return unanswered() == 0 && books.stream().allMatch(this::isServed);
  }

  private boolean isServed(ReaderBooks reader) {
    return !reader.habit().isComplete() || reader.arrived() >= ledger.owed(reader.user());
  }

  /** Waits for all threads, behind the end of the door, and adds the books up. */
  void close() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    publishers.forEach(publisher -> publisher.receipts().close());
    ReaderBooks anybody = chainOf(0);
    for (ReaderBooks reader : books) {
      reader.close(chainOf(reader.user()), anybody);
    }
  }

  private ReaderBooks chainOf(int user) {
    @Nullable ReaderBooks found = null;
    for (ReaderBooks reader : books) {
      if (found == null && reader.user() == user && reader.habit() == Habit.CHAIN) {
        found = reader;
      }
    }
    if (found == null) {
      throw new IllegalStateException("each user has a chain");
    }
    return found;
  }
}
