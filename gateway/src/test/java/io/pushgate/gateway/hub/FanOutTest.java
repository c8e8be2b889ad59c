package io.pushgate.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.session.SessionRequest.Format;
import io.pushgate.gateway.testing.BrokerSettings;
import io.pushgate.gateway.testing.FakeWire;
import io.pushgate.gateway.testing.NodeSettings;
import io.pushgate.gateway.testing.TestBroker;
import io.pushgate.gateway.testing.TestNode;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.TestSession;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.client.ServerFrame.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestBroker.class)
class FanOutTest {
  private static final NodeSettings SETTINGS =
      NodeSettings.DEFAULTS
          .with(BrokerSettings.DEFAULTS.journalCount(200_000).journalBytes(1 << 28))
          .maxSessions(10_000);

  @Parameter
  @SuppressWarnings("NullAway.Init") // Set before each test.
  TestBroker broker;

  @SuppressWarnings("NullAway.Init") // Set by each test.
  private TestNode node;

  @AfterEach
  void everyBufferIsGivenBack() {
    node.close();
  }

  @Test
  void sessionsOfOneUserOnSeveralLoopsEachGetEverythingOnce() {
    node = new TestNode(broker, SETTINGS.loops(3));
    List<TestSession> sessions = attach(9, "alice");

    node.publishAll(TestPush.to("alice").times(1_000));
    node.publishAll(TestPush.toEveryone().times(1_000));
    sessions.forEach(session -> session.awaitData(2_000));

    sessions.forEach(session -> assertWhole(session, 1_000, 1_000));
    assertThat(node.hub().presence(UserId.of("alice"))).isEqualTo(9);
    assertThat(node.push(TestPush.to("alice")).sessions()).isEqualTo(9);
  }

  @Test
  void stormsOfJoiningAndLeavingLoseNothingAndRepeatNothing() throws InterruptedException {
    node = new TestNode(broker, SETTINGS.loops(3));
    int pushes = 600;
    List<TestSession> staying = attach(12, "alice");
    List<Thread> publishers =
        List.of(
            new Thread(() -> pushOneByOne(TestPush.to("alice"), pushes)),
            new Thread(() -> pushOneByOne(TestPush.toEveryone(), pushes)));

    publishers.forEach(Thread::start);
    List<TestSession> late = new ArrayList<>();
    List<TestSession> leaving = new ArrayList<>();
    Random random = new Random(17);
    while (publishers.stream().anyMatch(Thread::isAlive)) {
      late.addAll(attach(1, "alice"));
      leaving.addAll(attach(2, "alice"));
      leaving.get(random.nextInt(leaving.size())).wire().cut();
      if (late.size() == 150) {
        for (Thread publisher : publishers) {
          publisher.join();
        }
      }
    }

    staying.forEach(session -> session.awaitData(2 * pushes));
    late.forEach(session -> session.awaitData(2 * pushes));
    node.settle();
    staying.forEach(session -> assertWhole(session, pushes, pushes));
    late.forEach(session -> assertWhole(session, pushes, pushes));
    leaving.forEach(FanOutTest::assertUnbroken);
    leaving.forEach(session -> session.wire().cut());
    Waiting.until(
        "the others are left", () -> node.hub().sessions() == staying.size() + late.size());
  }

  @Test
  void sessionsLostWhileABroadcastWalksRoundThemHideNobody() {
    node = new TestNode(broker, SETTINGS);
    List<TestSession> staying = new ArrayList<>();
    List<TestSession> leaving = new ArrayList<>();
    for (int n = 0; n < 1_300; n++) {
      (n % 3 == 0 ? leaving : staying).addAll(attach(1, "user-" + n));
    }
    node.settle();

    int broadcasts = 60;
    for (int n = 0; n < broadcasts; n++) {
      node.publish(TestPush.toEveryone().data(Integer.toString(n)));
      for (int cut = 0; cut < 7; cut++) {
        leaving.get((n * 7 + cut) % leaving.size()).wire().cut();
      }
    }

    staying.forEach(session -> session.awaitData(broadcasts));
    staying.forEach(session -> assertWhole(session, 0, broadcasts));
    leaving.forEach(FanOutTest::assertUnbroken);
  }

  @Test
  void whatDoesNotFitTheQueueOfABusyLoopIsReadFromTheJournal() throws InterruptedException {
    node = new TestNode(broker, SETTINGS);
    TestSession alice = attach(1, "alice").get(0);
    TestSession bob = attach(1, "bob").get(0);
    alice.welcome();
    bob.welcome();
    node.settle();
    CountDownLatch busy = new CountDownLatch(1);
    node.loop(0).execute(() -> await(busy));

    int pushes = LoopHub.MAX_WAITING + 5_000;
    node.publishAll(TestPush.to("alice").times(pushes));
    node.publishAll(TestPush.toEveryone().times(1_000));
    node.broker().settle();
    busy.countDown();
    node.settle();
    Waiting.until("the last broadcast", () -> bob.count("notification") == 1_000);
    node.settle();

    assertWhole(bob, 0, 1_000);
    node.push(TestPush.to("alice").data(Integer.toString(pushes)));
    node.settle();
    assertWhole(alice, pushes + 1, 1_000);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pushOneByOne(TestPush push, int count) {
    for (int n = 0; n < count; n++) {
      Waiting.get(node.publish(push.data(Integer.toString(n))));
    }
  }

  /** Attaches so many sessions, one on each loop in turn. */
  private List<TestSession> attach(int count, String user) {
    List<TestSession> sessions = new ArrayList<>();
    int loops = node.loops();
    for (int n = 0; n < count; n++) {
      FakeWire wire = new FakeWire(node.loop((user.hashCode() & 0xff) + n % loops));
      sessions.add(node.attach(wire, user, "", 0, Format.SSE));
    }
    return sessions;
  }

  private static void assertWhole(TestSession session, int own, int everyone) {
    List<Notification> all = notifications(session);
    assertThat(of('u', all)).isEqualTo(numbers(own));
    assertThat(of('e', all)).isEqualTo(numbers(everyone));
  }

  /** What a session got before it was lost is the beginning of what there was. */
  private static void assertUnbroken(TestSession session) {
    List<Notification> all = notifications(session);
    for (char letter : "ue".toCharArray()) {
      List<String> some = of(letter, all);
      assertThat(some).isEqualTo(numbers(some.size()));
    }
  }

  private static List<Notification> notifications(TestSession session) {
    return session.said("notification").map(said -> (Notification) said.frame()).toList();
  }

  private static List<String> of(char letter, List<Notification> all) {
    return all.stream()
        .filter(one -> one.cursor().letter() == letter)
        .map(one -> one.data().text())
        .toList();
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }
}
