package io.pushgate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.session.SessionRequest.Format;
import io.pushgate.gateway.testing.NodeSettings;
import io.pushgate.gateway.testing.Said;
import io.pushgate.gateway.testing.TestBroker;
import io.pushgate.gateway.testing.TestNode;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.TestSession;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.client.ServerFrame;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;

/** A node under test and the sessions on it, in the words of the tests. */
abstract class SessionNode {
  static final String ALICE = "alice@example.com";
  static final String BOB = "bob@example.com";
  static final TestPush PUSH = TestPush.to(ALICE);

  @Parameter(0)
  @SuppressWarnings("NullAway.Init") // Set before each test.
  Format format;

  @Parameter(1)
  @SuppressWarnings("NullAway.Init") // Set before each test.
  TestBroker broker;

  private @Nullable TestNode node;

  final TestNode start(NodeSettings settings) {
    node = new TestNode(broker, settings);
    return node;
  }

  /** The node with the product's bounds, or the one that the test started. */
  final TestNode node() {
    return node == null ? start(NodeSettings.DEFAULTS) : node;
  }

  @AfterEach
  final void everyBufferIsGivenBack() {
    if (node != null) {
      node.close();
    }
  }

  final boolean webSocket() {
    return format == Format.WEBSOCKET;
  }

  /** A session without a window, greeted. */
  final TestSession open(String user, String after) {
    return open(user, after, 0);
  }

  final TestSession open(String user, String after, int window) {
    TestSession session = node().attach(user, after, window, format);
    session.welcome();
    return session;
  }

  /** Acknowledges as this encoding does: on its own stream, or by a request beside it. */
  final void ack(TestSession session, String position) {
    if (webSocket()) {
      session.ack(position);
    } else {
      Position parsed = Position.parse(position);
      if (parsed == null) {
        throw new AssertionError("no position: " + position);
      }
      node().router().acknowledgePosted(UserId.of(session.user()), parsed);
    }
  }

  /** Waits until it was sent away, and answers after how many milliseconds it may come back. */
  final long sentAway(TestSession session) {
    session.await("reconnect", 1);
    Waiting.until("it is ended", session.wire()::finished);
    List<Said> said = session.said();
    Said last = said.get(said.size() - 1);
    if (webSocket()) { // On an event stream the reconnect is the last word.
      assertThat(last.text()).isEqualTo("drain");
      last = said.get(said.size() - 2);
    }
    return ((ServerFrame.Reconnect) last.frame()).delayMillis();
  }

  static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }
}
