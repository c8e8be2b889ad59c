package io.pushgate.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.BrokerRun;
import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.PushAnswer;
import io.pushgate.gateway.testing.TestBroker;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker under test, asked in the words of the contract. Runs once for each kind of broker. */
@ParameterizedClass
@EnumSource(TestBroker.class)
abstract class BrokerContract {
  static final UserId ALICE = UserId.of("alice@example.com");
  static final UserId BOB = UserId.of("bob@example.com");
  static final JournalId OF_ALICE = JournalId.of(ALICE);
  static final JournalId OF_BOB = JournalId.of(BOB);
  static final Start END = Start.parse("end");

  @Parameter
  @SuppressWarnings("NullAway.Init") // Set before each test.
  TestBroker kind;

  final RecordingListener listener = new RecordingListener();
  private final List<BrokerRun> runs = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();

  /** A fresh broker; the last one started is the one that is asked. */
  final BrokerRun start(BrokerSettings settings) {
    BrokerRun run = kind.start(settings);
    runs.add(run);
    run.broker().listen(listener);
    return run;
  }

  /** The broker with the product's bounds, or the one that the test started. */
  final BrokerRun run() {
    return runs.isEmpty() ? start(BrokerSettings.DEFAULTS) : runs.get(runs.size() - 1);
  }

  final Broker broker() {
    return run().broker();
  }

  @AfterEach
  final void everyPushWasAnsweredOnce() {
    runs.forEach(BrokerRun::settle);
    runs.forEach(BrokerRun::close);
    assertThat(told).hasValue(asked.get());
  }

  final CompletableFuture<PushAnswer> publish(TestPush push) {
    List<CompletableFuture<PushAnswer>> answers = publishAll(Stream.of(push));
    return answers.get(0);
  }

  /** Publishes them as one batch. */
  final List<CompletableFuture<PushAnswer>> publishAll(Stream<TestPush> pushes) {
    List<CompletableFuture<PushAnswer>> answers = new ArrayList<>();
    List<Publication> batch = new ArrayList<>();
    long now = run().clock().getAsLong();
    pushes.forEach(
        push -> {
          CompletableFuture<PushAnswer> answer = new CompletableFuture<>();
          answers.add(answer);
          asked.incrementAndGet();
          batch.add(
              new Publication(
                  push.request(), now, null, PushAnswer.to(told -> tell(answer, told))));
        });
    broker().publish(batch);
    return answers;
  }

  private void tell(CompletableFuture<PushAnswer> answer, PushAnswer outcome) {
    told.incrementAndGet();
    answer.complete(outcome);
  }

  final PushAnswer push(TestPush push) {
    return Waiting.get(publish(push));
  }

  final void pushAll(Stream<TestPush> pushes) {
    publishAll(pushes).forEach(answer -> assertThat(Waiting.get(answer).acked()).isTrue());
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

  final Broker.Acknowledgement acknowledge(
      UserId user, @Nullable Cursor own, @Nullable Cursor everyone) {
    return Waiting.get(broker().acknowledge(user, new Position(own, everyone)));
  }
}
