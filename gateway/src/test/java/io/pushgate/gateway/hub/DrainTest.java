package io.pushgate.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.session.SessionRequest.Format;
import io.pushgate.gateway.testing.FakeWire;
import io.pushgate.gateway.testing.NodeSettings;
import io.pushgate.gateway.testing.TestBroker;
import io.pushgate.gateway.testing.TestNode;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.TestSession;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.client.ServerFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestBroker.class)
class DrainTest {
  private static final int SESSIONS = 50;
  private static final long SPREAD_MILLIS = 1_000;

  /** Longer than a test waits. */
  private static final long AN_HOUR = 3_600_000;

  @Parameter
  @SuppressWarnings("NullAway.Init") // Set before each test.
  TestBroker broker;

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private TestNode node;

  @BeforeEach
  void startNode() {
    node = new TestNode(broker, NodeSettings.DEFAULTS.loops(2));
  }

  @AfterEach
  void everyBufferIsGivenBack() {
    node.close();
  }

  private TestSession attach(int number) {
    FakeWire wire = new FakeWire(node.loop(number));
    return node.attach(wire, "user-" + number % 20, "", 0, Format.WEBSOCKET);
  }

  private List<TestSession> attachAll() {
    List<TestSession> sessions = IntStream.range(0, SESSIONS).mapToObj(this::attach).toList();
    sessions.forEach(TestSession::welcome);
    return sessions;
  }

  @Test
  void isDoneAtOnceWhereNobodyIsThere() {
    Waiting.get(node.hub().drain(SPREAD_MILLIS));

    assertThat(node.hub().all()).isEmpty();
  }

  @Test
  void sendsTheSessionsOfTheWholeNodeAwayOneAfterTheOther() {
    List<TestSession> sessions = attachAll();

    Waiting.get(node.hub().drain(SPREAD_MILLIS));

    assertThat(sessions).allSatisfy(session -> assertThat(session.closed()).isEqualTo("drain"));
    assertThat(sessions.stream().map(DrainTest::comeBackMillis).sorted().toList())
        .isEqualTo(
            LongStream.range(0, SESSIONS).map(n -> n * SPREAD_MILLIS / SESSIONS).boxed().toList());
    assertThat(node.hub().sessions()).isZero();
    assertThat(node.hub().onlineUsers()).isZero();
  }

  @Test
  void whoIsToComeBackLaterStaysUntilThen() {
    List<TestSession> sessions = attachAll();
    node.hub().drain(AN_HOUR);
    sessions.forEach(session -> session.await("reconnect", 1));
    List<TestSession> staying =
        sessions.stream().filter(session -> comeBackMillis(session) > 0).toList();
    assertThat(staying).hasSize(SESSIONS - 1);

    node.push(TestPush.toEveryone().data("\"still here\""));

    staying.forEach(session -> session.awaitData(1));
    staying.get(0).ack(staying.get(0).cursor(0));
    Waiting.until("it is taken", () -> node.scrape().contains("acknowledgements_total 1.0"));
    assertThat(staying).allSatisfy(session -> assertThat(session.count("close")).isZero());
  }

  @Test
  void anEventStreamEndsAtOnceSinceABrowserCountsItsTimeFromTheEnd() {
    List<TestSession> streams =
        IntStream.range(0, SESSIONS)
            .mapToObj(n -> node.attach(new FakeWire(node.loop(n)), "user-" + n, "", 0, Format.SSE))
            .toList();
    streams.forEach(TestSession::welcome);

    Waiting.get(node.hub().drain(AN_HOUR));

    assertThat(streams.stream().map(DrainTest::comeBackMillis).distinct()).hasSize(SESSIONS);
    assertThat(streams)
        .allSatisfy(
            stream ->
                assertThat(new String(stream.wire().taken(), StandardCharsets.UTF_8))
                    .endsWith("\nretry: " + comeBackMillis(stream) + "\n\n"));
  }

  private static long comeBackMillis(TestSession session) {
    ServerFrame frame = session.said("reconnect").findFirst().orElseThrow().frame();
    return ((ServerFrame.Reconnect) frame).delayMillis();
  }

  @Test
  void waitsForTheLastWire() {
    List<TestSession> sessions = attachAll();
    sessions.get(7).wire().peerStays();

    CompletionStage<Void> drained = node.hub().drain(SPREAD_MILLIS);
    sessions.forEach(TestSession::closed);
    node.settle();
    assertThat(drained.toCompletableFuture()).isNotDone();

    sessions.get(7).wire().cut();
    Waiting.get(drained);
  }

  @Test
  void sendsAwayWhoeverJoinsWhileItIsUnderWay() {
    TestSession first = attach(0);
    first.welcome();
    first.wire().peerStays();
    CompletionStage<Void> drained = node.hub().drain(SPREAD_MILLIS);

    TestSession late = attach(1);

    assertThat(late.closed()).isEqualTo("drain");
    assertThat(late.count("welcome")).isZero();
    assertThat(comeBackMillis(late)).isBetween(0L, SPREAD_MILLIS);
    first.wire().cut();
    Waiting.get(drained);
    assertThat(node.hub().sessions()).isZero();
  }
}
