package io.pushgate.gateway.ingress;

import io.pushgate.gateway.broker.Publication;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

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
    }
    switch (mode) {
      case AT_ONCE -> batch.forEach(this::tell);
      case LATE_AND_SHUFFLED -> shuffled(batch).forEach(each -> lanes.execute(() -> tell(each)));
      case HELD_BACK -> {}
    }
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
