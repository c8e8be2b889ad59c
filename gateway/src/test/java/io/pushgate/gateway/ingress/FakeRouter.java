package io.pushgate.gateway.ingress;

import io.pushgate.gateway.broker.Cursors;
import io.pushgate.gateway.broker.Publication;
import io.pushgate.gateway.broker.Receipt;
import io.pushgate.gateway.broker.ReceiptOpening;
import io.pushgate.gateway.broker.ReceiptPage;
import io.pushgate.gateway.broker.ReceiptTo;
import io.pushgate.gateway.routing.Whereabouts;
import io.pushgate.gateway.testing.PartialRouter;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.Held;
import io.pushgate.protocol.ingress.IngressRequest.Push;
import io.pushgate.protocol.ingress.NackCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A router that journals nothing and remembers all: it answers at once, or late from threads of its
 * own and out of order, or only when the test says so. A push whose id begins with {@code fail-} is
 * nacked as unavailable. <em>Any thread.</em>
 */
final class FakeRouter implements PartialRouter, AutoCloseable {

  /** When outcomes are told. */
  enum Mode {
    /** Before publish returns. */
    AT_ONCE,
    /** From two other threads, those of one batch in random order. */
    LATE_AND_SHUFFLED,
    /** When {@link FakeRouter#release()} is called. */
    HELD_BACK
  }

  private final Mode mode;
  private final Random random = new Random(7);
  private final ExecutorService lanes = Executors.newFixedThreadPool(2);
  private final List<Publication> published = new ArrayList<>();
  private final List<Publication> heldBack = new ArrayList<>();
  private int mostHeldBack;
  private final Map<String, Integer> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger batches = new AtomicInteger();
  private final List<String> log = new ArrayList<>();
  private final Map<String, CompletableFuture<Whereabouts>> traces = new ConcurrentHashMap<>();

  /** What publishers and connections are told. */
  final FakeReceipts receipts = new FakeReceipts();

  FakeRouter(Mode mode) {
    this.mode = mode;
  }

  @Override
  public void publish(List<Publication> batch) {
    batches.incrementAndGet();
    synchronized (this) {
      // Whoever sees that something is published may release it at once.
      if (mode == Mode.HELD_BACK) {
        heldBack.addAll(batch);
        mostHeldBack = Math.max(mostHeldBack, heldBack.size());
      }
      published.addAll(batch);
      batch.forEach(each -> log.add("push " + each.push().id()));
    }
    switch (mode) {
      case AT_ONCE -> batch.forEach(this::tell);
      case LATE_AND_SHUFFLED -> shuffled(batch).forEach(each -> lanes.execute(() -> tell(each)));
      case HELD_BACK -> {}
    }
  }

  @Override
  public void recall(String id, long receivedMillis, Publication.Outcome outcome) {
    note("recall " + id);
    if (id.equals("gone")) {
      outcome.nacked(id, NackCode.NOT_FOUND, "id: nothing of it is held");
    } else {
      outcome.acked(id, 1, 2, Held.MEMORY, false);
    }
  }

  /** Answers at once that nothing is known, unless the test has said otherwise. */
  @Override
  public CompletionStage<Whereabouts> trace(String id) {
    note("trace " + id);
    return traces.computeIfAbsent(id, unknown -> CompletableFuture.completedFuture(null));
  }

  /** Lets the trace of an id be answered when the test completes it. */
  CompletableFuture<Whereabouts> holdTrace(String id) {
    return traces.computeIfAbsent(id, held -> new CompletableFuture<>());
  }

  private synchronized void note(String what) {
    log.add(what);
  }

  /** What was asked of this router that has an order. */
  synchronized List<String> log() {
    return List.copyOf(log);
  }

  /** Who is told of each push, in the order of the pushes. */
  synchronized List<ReceiptTo> addressees() {
    return published.stream().map(Publication::receiptTo).toList();
  }

  @Override
  public CompletionStage<ReceiptOpening> openReceipts(String publisher, String after) {
    return receipts.open(publisher, after);
  }

  @Override
  public CompletionStage<ReceiptPage> readReceipts(String publisher, long after, int max) {
    return receipts.read(publisher, after, max);
  }

  @Override
  public Runnable followReceipts(String publisher, Runnable more) {
    return receipts.follow(publisher, more);
  }

  @Override
  public long rememberConnection(Consumer<Receipt> told) {
    return receipts.remember(told);
  }

  @Override
  public void forgetConnection(long key) {
    receipts.forget(key);
  }

  @Override
  public Cursors cursors() {
    return FakeReceipts.CURSORS;
  }

  /** Tells what was held back, the last first. */
  void release() {
    List<Publication> released;
    synchronized (this) {
      released = new ArrayList<>(heldBack);
      heldBack.clear();
    }
    Collections.reverse(released);
    released.forEach(this::tell);
  }

  /** Everything that was handed in so far, in order. */
  List<Push> pushes() {
    synchronized (this) {
      return published.stream().map(Publication::push).toList();
    }
  }

  int published() {
    synchronized (this) {
      return published.size();
    }
  }

  /** How many were held back at most at one time. */
  int mostHeldBack() {
    synchronized (this) {
      return mostHeldBack;
    }
  }

  int batches() {
    return batches.get();
  }

  /** Lets a user have this many sessions. */
  void online(String user, int count) {
    sessions.put(user, count);
  }

  @Override
  public int presence(UserId user) {
    return sessions.getOrDefault(user.value(), 0);
  }

  private synchronized List<Publication> shuffled(List<Publication> batch) {
    List<Publication> copy = new ArrayList<>(batch);
    Collections.shuffle(copy, random);
    return copy;
  }

  private void tell(Publication publication) {
    Push push = publication.push();
    String id = push.id() == null ? "made" : push.id();
    if (id.startsWith("fail-")) {
      publication.outcome().nacked(id, NackCode.UNAVAILABLE, "the journal is away");
      return;
    }
    Held held = push.ttlSeconds() == 0 ? Held.NONE : Held.MEMORY;
    publication.outcome().acked(id, users(push.to()), 2 * users(push.to()), held, false);
  }

  private static int users(Audience audience) {
    return audience instanceof Audience.Several several ? several.users().size() : 1;
  }

  @Override
  public void close() {
    lanes.shutdownNow();
  }
}
