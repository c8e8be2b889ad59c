package io.pushgate.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerRun.End;
import io.pushgate.gateway.testing.PushAnswer;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.ReceiptEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Pushes, reads, acknowledges, recalls and waits at random, repeats whatever failed, and keeps a
 * ledger of all that was acked: in the end each of it was delivered, or its end was told, once.
 */
final class RandomLedger {
  private static final int USERS = 4;
  private static final int MAX_ATTEMPTS = 20;
  private static final int[] TTLS = {-1, -1, -1, 0, 20, 300};

  private final BrokerUnderTest test;
  private final Random random;
  private final String seed;
  private final List<UserId> users =
      IntStream.range(0, USERS).mapToObj(n -> UserId.of("user-" + n)).toList();
  private final Set<Long> sent = ConcurrentHashMap.newKeySet();
  private final Map<UserId, LedgerReader> readers = new LinkedHashMap<>();
  private final List<TestPush> taken = new ArrayList<>();
  private boolean failures;

  RandomLedger(BrokerUnderTest test, long seed) {
    this.test = test;
    this.random = new Random(seed);
    this.seed = "seed " + seed;
    test.listener.sent = sent::contains;
    users.forEach(user -> readers.put(user, new LedgerReader(test, user, sent, this.seed)));
  }

  /** Lets commits fail now and then from here on. */
  RandomLedger withFailures() {
    failures = true;
    return this;
  }

  void run(int steps) {
    for (int step = 0; step < steps; step++) {
      if (failures && random.nextInt(6) == 0) {
        failSoon();
      }
      step();
    }
  }

  /** Ends the process and goes on with the next one. */
  void restart(End end) {
    test.run().failures().failAfter(0, 0);
    test.reopen(end);
  }

  private void step() {
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> push(randomPush());
      case 4, 5 -> anyReader().read(1 + random.nextInt(6));
      case 6 -> anyReader().resume();
      case 7 -> acknowledge(users.get(random.nextInt(USERS)));
      case 8 -> recallAny();
      default -> {
        test.run().clock().advance(Duration.ofMillis(random.nextInt(15_000)));
        test.sweep();
      }
    }
  }

  private void failSoon() {
    if (random.nextBoolean()) {
      test.run().failures().failAfter(random.nextInt(2), 1 + random.nextInt(2));
    } else {
      test.run().failures().failOnceWritten();
    }
  }

  private TestPush randomPush() {
    List<UserId> audience = new ArrayList<>(users);
    Collections.shuffle(audience, random);
    int count = 1 + random.nextInt(USERS);
    TestPush push =
        TestPush.to(audience.subList(0, count).stream().map(UserId::value).toList())
            .data(Integer.toString(taken.size()))
            .ttl(TTLS[random.nextInt(TTLS.length)])
            .receipt();
    if (random.nextInt(4) == 0) {
      push = push.collapse("key-" + random.nextInt(2));
    }
    return random.nextInt(3) == 0 ? push : push.id("id-" + taken.size());
  }

  /** Pushes until it is acked, as a publisher does, and then perhaps once more. */
  private void push(TestPush push) {
    TestPush repeated = push;
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      PushAnswer answer = test.push(repeated);
      repeated = repeated.id(String.valueOf(answer.id()));
      if (answer.acked()) {
        taken.add(repeated);
        if (push.request().id() != null && random.nextInt(4) == 0) {
          test.push(repeated);
        }
        return;
      }
    }
    throw new AssertionError(seed + ": never acked: " + repeated);
  }

  private void recallAny() {
    if (!taken.isEmpty()) {
      test.recall(id(taken.get(random.nextInt(taken.size()))));
    }
  }

  private LedgerReader anyReader() {
    return readerOf(users.get(random.nextInt(USERS)));
  }

  private LedgerReader readerOf(UserId user) {
    LedgerReader reader = readers.get(user);
    if (reader == null) {
      throw new AssertionError(user);
    }
    return reader;
  }

  private void acknowledge(UserId user) {
    Cursor place = readerOf(user).place();
    try {
      test.broker()
          .acknowledge(user, new Position(place, null))
          .toCompletableFuture()
          .orTimeout(20, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException failed) {
      assertThat(failures).as(seed).isTrue();
    }
  }

  /** Reads to the end, lets everything grow too old, and settles the ledger. */
  void settle() {
    test.run().failures().failAfter(0, 0);
    readers.values().forEach(LedgerReader::readAll);
    // Read twice: by the time the last push is too old, the first receipts are too.
    Map<Long, Receipt> receipts = new LinkedHashMap<>();
    for (Duration later : List.of(Duration.ZERO, Duration.ofDays(7), Duration.ofMinutes(1))) {
      test.pass(later);
      test.receipts(BrokerUnderTest.BILLING)
          .forEach(receipt -> receipts.put(receipt.offset(), receipt));
    }
    Map<String, List<ReceiptEvent>> ends = new LinkedHashMap<>();
    for (Receipt receipt : receipts.values()) {
      ends.computeIfAbsent(key(receipt.id(), receipt.user()), key -> new ArrayList<>())
          .add(receipt.event());
    }
    int owed = 0;
    for (TestPush push : taken) {
      for (UserId user : audience(push)) {
        List<ReceiptEvent> events = ends.getOrDefault(key(id(push), user), List.of());
        String what = "%s: %s to %s".formatted(seed, push.request(), user);
        assertThat(events).as(what).hasSize(1);
        judge(push, user, events.get(0), what);
        owed++;
      }
    }
    assertThat(ends).as(seed).hasSize(owed);
  }

  /** What a reader did not see ended in a way that explains it. */
  private void judge(TestPush push, UserId user, ReceiptEvent end, String what) {
    LedgerReader reader = readerOf(user);
    if (reader.saw(id(push))) {
      return;
    }
    assertThat(end).as(what).isNotEqualTo(ReceiptEvent.DELIVERED);
    if (push.request().ttlSeconds() == 0) {
      assertThat(end).as(what).isEqualTo(ReceiptEvent.EXPIRED);
    }
    if (end == ReceiptEvent.TRIMMED && push.request().collapse() == null) {
      assertThat(reader.gaps()).as(what).isPositive();
    }
    if (end == ReceiptEvent.RECALLED) {
      assertThat(reader.sawRecall(id(push)) || reader.gaps() > 0).as(what).isTrue();
    }
  }

  private static List<UserId> audience(TestPush push) {
    return push.request().to() instanceof Audience.Several several ? several.users() : List.of();
  }

  private static String id(TestPush push) {
    return String.valueOf(push.request().id());
  }

  private static String key(String id, UserId user) {
    return id + " " + user;
  }
}
