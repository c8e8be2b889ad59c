package io.pushgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.broker.Publication;
import io.pushgate.gateway.broker.local.Engine;
import io.pushgate.gateway.broker.local.LocalBroker;
import io.pushgate.gateway.broker.local.ThreadLane;
import io.pushgate.gateway.broker.local.TrustedClock;
import io.pushgate.gateway.broker.memory.MemoryStore;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.supervision.Supervision;
import io.pushgate.gateway.testing.Failures;
import io.pushgate.gateway.testing.LateBroker;
import io.pushgate.gateway.testing.NotifyListener;
import io.pushgate.gateway.testing.PushAnswer;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a node's watchdog gives signs of life, as systemd hears them, is what lives in it. */
class WatchdogTest {
  private static final long PID = 1234;
  private static final int UNDER_WAY = 3;
  private static final GatewayConfig CONFIG =
      GatewayConfig.of("broker=memory", "event-loops=2").withFreePorts();

  @TempDir Path folder;
  private final Failures failures = new Failures();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);
  private NotifyListener systemd;
  private Supervision supervision;
  private Node node;

  @BeforeEach
  void listen() {
    systemd = NotifyListener.at(folder.resolve("notify").toString());
    Map<String, String> environment =
        Map.of("NOTIFY_SOCKET", systemd.name(), "WATCHDOG_USEC", "2000000");
    supervision = Supervision.of(environment, PID);
  }

  @AfterEach
  void close() {
    free.countDown();
    supervision.close();
    node.close();
    systemd.close();
  }

  @Test
  void aLoopThatIsHeldUpEndsTheSignsOfLifeUntilItTurnsAgain() throws Exception {
    watch(onLane());

    node.transport.loops().get(1).execute(this::hold);

    awaitSilence("lost_loop");
    free.countDown();
    systemd.await("WATCHDOG=1");
  }

  @Test
  void aJournalThatDoesNotAnswerEndsThemUntilItDoes() throws Exception {
    Broker broker = onLane();
    watch(broker);

    // Outcomes are told on the lane, so the lane itself waits here.
    broker.publish(List.of(publication(TestPush.to("bob").data("1"), answer -> hold())));

    awaitSilence("lost_journal");
    free.countDown();
    systemd.await("WATCHDOG=1");
  }

  @Test
  void aJournalThatTakesNothingIsNoReasonToEndTheProcess() throws Exception {
    watch(LateBroker.open(CONFIG.broker(), 1, failures));

    failures.trouble("the disk is full");

    double before = canaries("unavailable");
    systemd.drain();
    Waiting.until("canaries are refused", () -> canaries("unavailable") > before + 1);
    systemd.await("WATCHDOG=1");

    double arrived = canaries("arrived");
    failures.trouble(null);
    Waiting.until("canaries arrive again", () -> canaries("arrived") > arrived);
  }

  @Test
  void aJournalThatTakesNothingForNoKnownReasonEndsThem() throws Exception {
    watch(LateBroker.open(CONFIG.broker(), 1, failures));

    failures.failAfter(0, Integer.MAX_VALUE);

    double before = canaries("lost_journal");
    Waiting.until("those under way are lost", () -> canaries("lost_journal") > before + UNDER_WAY);
    systemd.drain();
    Waiting.until("a further one is lost", () -> canaries("lost_journal") > before + UNDER_WAY + 1);
    assertThat(systemd.drain()).isEmpty();
  }

  @Test
  void aLoopThatHasTooMuchToDoIsNoReasonToEndTheProcess() throws Exception {
    watch(onLane());
    EventLoop busy = node.transport.loops().get(1);
    Publication push = publication(TestPush.toEveryone().data("1"), answer -> {});
    Entry entry =
        new Entry(
            1, 0, Entry.Kind.NOTIFICATION, "i", null, 1, Entry.NEVER, null, push.push().data());
    AtomicBoolean flooded = new AtomicBoolean(true);
    Runnable nap =
        new Runnable() {
          @Override
          public void run() {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            if (flooded.get()) {
              busy.execute(this);
            }
          }
        };
    busy.execute(nap);
    Thread flood =
        new Thread(
            () -> {
              while (flooded.get()) {
                node.hub.offer(entry);
              }
            });
    flood.start();
    try {
      Waiting.until("a canary is dropped", () -> node.hub.dropped() > 0);
      systemd.drain();
      for (int sign = 0; sign < 8; sign++) {
        systemd.await("WATCHDOG=1");
      }
      assertThat(node.metrics.scrape()).contains("limit=\"waiting-for-loop\"");
      assertThat(canaries("lost_session")).isZero();
    } finally {
      flooded.set(false);
      flood.join();
    }
  }

  @Test
  void nobodySeesTheCanary() throws Exception {
    watch(onLane());
    Waiting.until("canaries arrive", () -> canaries("arrived") > 1);

    assertThat(node.hub.all()).isEmpty();
    assertThat(node.metrics.scrape())
        .contains("pushgate_users 0.0", "pushgate_journals 0.0", "transport=\"sse\"} 0.0");
    CompletableFuture<PushAnswer> broadcast = new CompletableFuture<>();
    node.router.publish(List.of(publication(TestPush.toEveryone().data("1"), broadcast::complete)));
    assertThat(Waiting.get(broadcast).sessions()).isZero();
    assertThat(Waiting.get(broadcast).users()).isZero();
    Waiting.get(node.hub.drain(0));
  }

  private void watch(Broker broker) throws InterruptedException {
    node = new Node(CONFIG, broker);
    supervision.ready(node::canary, () -> "well");
    systemd.await("WATCHDOG=1");
  }

  /** A broker whose lane is a thread of its own, as on disk. */
  private static Broker onLane() throws Exception {
    ThreadLane lane = new ThreadLane("journal");
    Engine engine = new Engine(new MemoryStore(), lane, lane, "journal-memory", 1 << 20, null);
    return new LocalBroker(
        CONFIG.broker(), engine, new TrustedClock(System::currentTimeMillis, System::nanoTime));
  }

  /**
   * What is under way when a part stops may still arrive, and is lost or there before a later one.
   */
  private void awaitSilence(String outcome) throws InterruptedException {
    held.await();
    double before = canaries(outcome);
    Waiting.until("those under way are lost", () -> canaries(outcome) > before + UNDER_WAY);
    systemd.drain();
    Waiting.until("a further one is lost", () -> canaries(outcome) > before + UNDER_WAY + 1);
    assertThat(systemd.drain()).isEmpty();
  }

  private double canaries(String outcome) {
    Matcher count =
        Pattern.compile("pushgate_canaries_total\\{outcome=\"" + outcome + "\"} (\\S+)")
            .matcher(node.metrics.scrape());
    assertThat(count.find()).isTrue();
    return Double.parseDouble(count.group(1));
  }

  private static Publication publication(TestPush push, Consumer<PushAnswer> answered) {
    return new Publication(
        push.request(), System.currentTimeMillis(), null, PushAnswer.to(answered));
  }

  private void hold() {
    held.countDown();
    try {
      free.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
