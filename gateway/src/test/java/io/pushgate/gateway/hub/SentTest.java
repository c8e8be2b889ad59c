package io.pushgate.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.broker.Broker.Acknowledgement;
import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.broker.Sent;
import io.pushgate.gateway.broker.Trace;
import io.pushgate.gateway.session.SessionRequest.Format;
import io.pushgate.gateway.testing.FakeWire;
import io.pushgate.gateway.testing.NodeSettings;
import io.pushgate.gateway.testing.TestBroker;
import io.pushgate.gateway.testing.TestNode;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.TestSession;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.DeliveryState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the node remembers to have sent to whom, and when. */
@ParameterizedClass
@EnumSource(TestBroker.class)
class SentTest {
  private static final String USER = "alice@example.com";
  private static final UserId ALICE = UserId.of(USER);
  private static final TestPush PUSH = TestPush.to(USER);

  @Parameter
  @SuppressWarnings("NullAway.Init") // Set before each test.
  TestBroker broker;

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private TestNode node;

  @BeforeEach
  void start() {
    node = new TestNode(broker, NodeSettings.DEFAULTS.loops(2));
  }

  @AfterEach
  void everyBufferIsGivenBack() {
    node.close();
  }

  private TestSession open(int loop, String after) {
    TestSession session = node.attach(new FakeWire(node.loop(loop)), USER, after, 0, Format.SSE);
    session.welcome();
    return session;
  }

  @Test
  void whatIsAcknowledgedBeforeTheLoopHasNotedThatItWasSentCounts() {
    TestSession session = open(0, "");
    AtomicReference<@Nullable CompletionStage<Acknowledgement>> posted = new AtomicReference<>();
    session
        .wire()
        .beforeWrites(
            () -> {
              if (posted.get() == null) {
                posted.set(node.router().acknowledgePosted(ALICE, newest()));
                trace("inv-17"); // Answered behind what the lane was asked before.
              }
            });

    node.push(PUSH.id("inv-17"));
    session.awaitData(1);
    Waiting.get(Objects.requireNonNull(posted.get()));

    assertThat(trace("inv-17").deliveries())
        .extracting(Trace.Delivery::state)
        .containsExactly(DeliveryState.ACKNOWLEDGED);
  }

  private Position newest() {
    JournalId own = JournalId.of(ALICE);
    List<Entry> held = Waiting.get(node.router().read(own, 0, 1, 1)).entries();
    return new Position(node.broker().broker().cursors().cursor(own, held.get(0).offset()), null);
  }

  private Trace trace(String id) {
    return Objects.requireNonNull(Waiting.get(node.broker().broker().trace(id)));
  }

  private Sent sent() {
    return node.router().sent(ALICE, Feed.USER);
  }

  /** The place of a notification that a session got, counted from 0. */
  private long place(TestSession session, int index) {
    Cursor cursor = Cursor.of(session.cursor(index));
    JournalId journal = cursor.letter() == 'u' ? JournalId.of(ALICE) : JournalId.EVERYONE;
    return node.router().cursors().offset(journal, cursor);
  }

  private List<Sighting> seen(long place) {
    return Waiting.get(node.hub().sightings().of(Map.of(ALICE, place)));
  }

  private void end(TestSession session) {
    session.wire().cut();
    node.settle();
  }

  @Test
  void whatASessionWasSentCountsWhileItLivesAndAfterwards() {
    TestSession session = open(0, "");
    node.pushAll(PUSH.times(3));
    session.awaitData(3);

    assertThat(sent().contains(place(session, 1))).isTrue();
    end(session);
    assertThat(sent().contains(place(session, 1))).isTrue();
    node.hub().forgetSent(ALICE);
    assertThat(sent().contains(place(session, 1))).isFalse();
  }

  @Test
  void whoResumesBehindAPlaceWasNotSentWhatLiesBeforeIt() {
    TestSession first = open(0, "");
    node.pushAll(PUSH.times(3));
    String after = first.awaitData(3).cursor(1);
    end(first);
    node.hub().forgetSent(ALICE);

    TestSession second = open(1, after).awaitData(1);

    assertThat(sent().contains(place(first, 1))).isFalse();
    assertThat(sent().contains(place(first, 2))).isTrue();
    assertThat(seen(place(first, 1)))
        .anySatisfy(sighting -> assertThat(sighting.why()).isEqualTo("it starts behind it"));
    end(second);
    assertThat(sent().contains(place(first, 1))).isFalse();
  }

  @Test
  void whatASessionPassedOverOnItsWayWasNotSent() {
    TestSession live = open(0, "");
    TestSession paused = open(1, "");
    node.push(PUSH);
    long first = place(live.awaitData(1), 0);
    paused.awaitData(1).wire().takeOnly(0);
    node.push(PUSH);
    live.awaitData(2);
    end(live);
    node.hub().forgetSent(ALICE);
    node.push(PUSH.ttl(0));
    node.push(PUSH);
    node.settle();

    assertThat(sent().contains(place(live, 1))).isFalse();
    assertThat(seen(place(live, 1)))
        .anySatisfy(sighting -> assertThat(sighting.why()).isEqualTo("its socket takes no more"));
    paused.wire().takeAll();
    paused.awaitData(3);
    long last = place(paused, 2);

    assertThat(sent().contains(first)).isTrue();
    assertThat(sent().contains(last)).isTrue();
    assertThat(IntStream.range((int) place(live, 1) + 1, (int) last).filter(sent()::contains))
        .isEmpty();
  }

  @Test
  void eachDeliveryAndAcknowledgementHasItsTime() {
    long before = System.currentTimeMillis();
    TestSession acking = node.attach(USER, "", 0, Format.WEBSOCKET);
    acking.welcome();
    TestSession silent = open(1, "");
    node.pushAll(PUSH.times(2));
    silent.awaitData(2);
    acking.awaitData(2).ack(acking.cursor(1));
    silent.await("acked", 1);
    node.settle();
    end(silent);
    long after = System.currentTimeMillis();

    List<Sighting> seen = seen(place(silent, 0));

    assertThat(seen).hasSize(2);
    for (Sighting sighting : seen) {
      assertThat(sighting.why()).isEmpty();
      assertThat(sighting.sentMillis()).isBetween(before, after);
      boolean acked = sighting.session().equals(acking.welcome().session());
      if (acked) {
        assertThat(sighting.ackedMillis()).isBetween(sighting.sentMillis(), after);
      } else {
        assertThat(sighting.session()).isEqualTo(silent.welcome().session());
        assertThat(sighting.ackedMillis()).isZero();
      }
    }
  }

  @Test
  void usersOfABroadcastAreCountedOnceEach() {
    TestSession twice = open(0, "");
    open(1, "");
    TestSession ended = node.attach(new FakeWire(node.loop(0)), "ended", "", 0, Format.SSE);
    TestSession stalled = node.attach(new FakeWire(node.loop(1)), "stalled", "", 0, Format.SSE);
    ended.welcome();
    stalled.welcome();
    stalled.wire().takeOnly(0);
    node.push(TestPush.toEveryone());
    twice.awaitData(1);
    end(ended.awaitData(1));
    end(open(0, "").awaitData(1));

    long broadcast = place(twice, 0);

    assertThat(Waiting.get(node.hub().sightings().usersSent(broadcast))).isEqualTo(2);
    assertThat(Waiting.get(node.hub().sightings().usersSent(broadcast + 1))).isZero();
  }
}
