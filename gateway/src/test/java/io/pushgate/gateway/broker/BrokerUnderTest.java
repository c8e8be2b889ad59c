package io.pushgate.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.broker.Broker.Acknowledgement;
import io.pushgate.gateway.testing.BrokerRun;
import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.PushAnswer;
import io.pushgate.gateway.testing.TestBroker;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;

/** A broker under test, asked in the words of the contract. */
abstract class BrokerUnderTest {
  static final UserId ALICE = UserId.of("alice@example.com");
  static final UserId BOB = UserId.of("bob@example.com");
  static final UserId CAROL = UserId.of("carol@example.com");
  static final JournalId OF_ALICE = JournalId.of(ALICE);
  static final JournalId OF_BOB = JournalId.of(BOB);
  static final Start END = Start.parse("end");

  /** Who gets the receipts of pushes that want some and name nobody else. */
  static final String BILLING = "billing";

  private static final ReceiptTo TO_BILLING = new ReceiptTo.Publisher(BILLING);

  @Parameter
  @SuppressWarnings("NullAway.Init") // Set before each test.
  TestBroker kind;

  final RecordingListener listener = new RecordingListener();
  private final List<BrokerRun> runs = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();

  /** A fresh broker; the last one started is the one that is asked. */
  final BrokerRun start(BrokerSettings settings) {
    return use(kind.start(settings));
  }

  private BrokerRun use(BrokerRun run) {
    runs.add(run);
    run.broker().listen(listener);
    return run;
  }

  /** The broker with the product's bounds, or the one that the test started. */
  final BrokerRun run() {
    return runs.isEmpty() ? start(BrokerSettings.DEFAULTS) : runs.get(runs.size() - 1);
  }

  /** Ends the broker's process when all that was asked is done, and goes on with the next one. */
  final void reopen(BrokerRun.End end) {
    BrokerRun ended = run();
    ended.settle();
    runs.remove(ended);
    use(ended.reopen(end));
  }

  final Broker broker() {
    return run().broker();
  }

  @AfterEach
  final void everyRequestWasAnsweredOnce() {
    runs.forEach(BrokerRun::settle);
    runs.forEach(BrokerRun::close);
    assertThat(told).hasValue(asked.get());
  }

  final CompletableFuture<PushAnswer> publish(TestPush push) {
    return publishAll(Stream.of(push)).get(0);
  }

  /** Publishes them as one batch. */
  final List<CompletableFuture<PushAnswer>> publishAll(Stream<TestPush> pushes) {
    return publishAll(pushes, TO_BILLING);
  }

  private List<CompletableFuture<PushAnswer>> publishAll(
      Stream<TestPush> pushes, ReceiptTo receiptTo) {
    List<CompletableFuture<PushAnswer>> answers = new ArrayList<>();
    List<Publication> batch = new ArrayList<>();
    long now = now();
    pushes.forEach(
        push -> {
          ReceiptTo wanted = push.request().receipt() ? receiptTo : null;
          answers.add(
              ask(outcome -> batch.add(new Publication(push.request(), now, wanted, outcome))));
        });
    broker().publish(batch);
    return answers;
  }

  private CompletableFuture<PushAnswer> ask(Consumer<Publication.Outcome> question) {
    CompletableFuture<PushAnswer> answer = new CompletableFuture<>();
    asked.incrementAndGet();
    question.accept(
        PushAnswer.to(
            outcome -> {
              told.incrementAndGet();
              answer.complete(outcome);
            }));
    return answer;
  }

  final PushAnswer push(TestPush push) {
    return Waiting.get(publish(push));
  }

  /** Pushes for a publisher, or a connection, that gets the receipts. */
  final PushAnswer push(TestPush push, ReceiptTo receiptTo) {
    return Waiting.get(publishAll(Stream.of(push), receiptTo).get(0));
  }

  final void pushAll(Stream<TestPush> pushes) {
    publishAll(pushes).forEach(answer -> assertThat(Waiting.get(answer).acked()).isTrue());
  }

  final CompletableFuture<PushAnswer> askRecall(String id) {
    return ask(outcome -> broker().recall(id, now(), outcome));
  }

  final PushAnswer recall(String id) {
    return Waiting.get(askRecall(id));
  }

  final @Nullable Trace findTrace(String id) {
    return Waiting.get(broker().trace(id));
  }

  /** What is known of an id of which something is. */
  final Trace trace(String id) {
    Trace trace = findTrace(id);
    if (trace == null) {
      throw new AssertionError("nothing is known of " + id);
    }
    return trace;
  }

  final Opening open(UserId user, Start start) {
    return Waiting.get(broker().open(user, start));
  }

  final Opening openAfter(UserId user, String after) {
    return open(user, Start.parse(after));
  }

  final Page read(JournalId journal, long after) {
    return Waiting.get(broker().read(journal, after, 10_000, 1 << 30));
  }

  final List<Entry> entries(JournalId journal) {
    return read(journal, 0).entries();
  }

  /** What a reader of the whole journal finds, as the data of each entry. */
  final List<String> held(JournalId journal) {
    return entries(journal).stream().map(entry -> entry.data().text()).toList();
  }

  final Cursor cursor(JournalId journal, long offset) {
    return broker().cursors().cursor(journal, offset);
  }

  /** The cursor of the newest entry held. */
  final Cursor newest(JournalId journal) {
    List<Entry> all = entries(journal);
    return cursor(journal, all.get(all.size() - 1).offset());
  }

  /** The cursor of what was appended to this journal as the first, second, ..., from 0. */
  final Cursor appended(JournalId journal, int index) {
    return cursor(journal, listener.appended(journal).get(index).offset());
  }

  /** Acknowledges, and waits until the listener was told too. */
  final Acknowledgement acknowledge(UserId user, @Nullable Cursor own, @Nullable Cursor everyone) {
    Acknowledgement taken = Waiting.get(broker().acknowledge(user, new Position(own, everyone)));
    run().settle();
    return taken;
  }

  /** All receipts that this publisher's journal holds. */
  final List<Receipt> receipts(String publisher) {
    return Waiting.get(broker().readReceipts(publisher, 0, 10_000)).receipts();
  }

  final long now() {
    return run().clock().getAsLong();
  }

  /** Time goes by, and the sweep comes. */
  final void pass(Duration time) {
    run().clock().advance(time);
    sweep();
  }

  final void sweep() {
    run().sweep().run();
    run().settle();
  }
}
