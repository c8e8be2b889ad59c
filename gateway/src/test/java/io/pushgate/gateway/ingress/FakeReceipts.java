package io.pushgate.gateway.ingress;

import io.pushgate.gateway.broker.Cursors;
import io.pushgate.gateway.broker.Receipt;
import io.pushgate.gateway.broker.ReceiptOpening;
import io.pushgate.gateway.broker.ReceiptPage;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.ReceiptEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Publishers' journals of receipts as a router shows them, in lists. <em>Any thread.</em> Followers
 * and connections are told on the test's thread.
 */
final class FakeReceipts {
  static final Cursors CURSORS = new Cursors(7);
  static final long TS = 1763793600456L;

  private final Map<String, List<Receipt>> journals = new HashMap<>();
  private final Map<String, List<Runnable>> followers = new HashMap<>();
  private final Map<Long, Consumer<Receipt>> connections = new HashMap<>();
  private final List<Runnable> arrivals = new ArrayList<>();
  private boolean late;
  private int failures;
  private int reads;

  /** Adds one for each id and tells the followers. */
  void add(String publisher, String... ids) {
    List<Runnable> told;
    synchronized (this) {
      List<Receipt> journal = journal(publisher);
      for (String id : ids) {
        journal.add(receipt(journal.size() + 1, id));
      }
      told = List.copyOf(followers.getOrDefault(publisher, List.of()));
    }
    told.forEach(Runnable::run);
  }

  /** Loses the receipts before this offset, as a bound would. */
  synchronized void trim(String publisher, long before) {
    journal(publisher).replaceAll(each -> each != null && each.offset() < before ? null : each);
  }

  /** Tells a connection. */
  void tell(long key, String id) {
    Consumer<Receipt> told;
    synchronized (this) {
      told = connections.get(key);
    }
    if (told != null) {
      told.accept(receipt(0, id));
    }
  }

  /** Lets the next openings and readings fail. */
  synchronized void fail(int times) {
    failures = times;
  }

  synchronized int reads() {
    return reads;
  }

  /** How many connections would be told something. */
  synchronized int told() {
    return followers.values().stream().mapToInt(List::size).sum() + connections.size();
  }

  static String cursor(String publisher, long offset) {
    return Cursors.cursor(CURSORS.receiptsPrefix(publisher), offset).value();
  }

  synchronized CompletionStage<ReceiptOpening> open(String publisher, String after) {
    if (failing()) {
      return CompletableFuture.failedStage(new IllegalStateException("the store is away"));
    }
    Cursor cursor = Cursor.parse(after);
    long offset = cursor == null ? -1 : Cursors.offset(CURSORS.receiptsPrefix(publisher), cursor);
    boolean resumed = offset >= 0;
    return CompletableFuture.completedFuture(
        new ReceiptOpening(resumed ? offset : 0, resumed, !after.isEmpty() && !resumed));
  }

  synchronized CompletionStage<ReceiptPage> read(String publisher, long after, int max) {
    reads++;
    if (failing()) {
      return CompletableFuture.failedStage(new IllegalStateException("the store is away"));
    }
    List<Receipt> journal = journal(publisher);
    int from = (int) after;
    int to = Math.min(journal.size(), from + max);
    List<Receipt> held = new ArrayList<>(journal.subList(from, to));
    boolean gap = held.removeIf(each -> each == null);
    ReceiptPage page = new ReceiptPage(held, to, to == journal.size(), gap);
    if (!late) {
      return CompletableFuture.completedFuture(page);
    }
    CompletableFuture<ReceiptPage> later = new CompletableFuture<>();
    arrivals.add(() -> later.complete(page));
    return later;
  }

  /** Lets pages that were read arrive when the test says so. */
  synchronized void late() {
    late = true;
  }

  /** Lets those arrive that were read. */
  void arrive() {
    List<Runnable> arriving;
    synchronized (this) {
      arriving = List.copyOf(arrivals);
      arrivals.clear();
    }
    arriving.forEach(Runnable::run);
  }

  synchronized Runnable follow(String publisher, Runnable more) {
    followers.computeIfAbsent(publisher, none -> new ArrayList<>()).add(more);
    return () -> unfollow(publisher, more);
  }

  private synchronized void unfollow(String publisher, Runnable more) {
    followers.get(publisher).remove(more);
  }

  synchronized long remember(Consumer<Receipt> told) {
    long key = 1 + connections.keySet().stream().mapToLong(each -> each).max().orElse(0);
    connections.put(key, told);
    return key;
  }

  synchronized void forget(long key) {
    connections.remove(key);
  }

  private boolean failing() {
    return failures > 0 && failures-- > 0;
  }

  private List<Receipt> journal(String publisher) {
    return journals.computeIfAbsent(publisher, none -> new ArrayList<>());
  }

  private static Receipt receipt(long offset, String id) {
    return new Receipt(offset, id, UserId.of("alice"), ReceiptEvent.DELIVERED, TS);
  }
}
