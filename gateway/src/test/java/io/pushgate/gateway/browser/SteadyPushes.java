package io.pushgate.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.publisher.PublisherClient;
import io.pushgate.protocol.publisher.PublisherListener;
import io.pushgate.protocol.publisher.PublisherOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A service that goes on pushing, to two users and now and then to everyone, whatever happens to
 * nginx and the gateway. It pushes on a thread of its own, each push when the one before is acked;
 * all else is for the test thread.
 */
final class SteadyPushes implements AutoCloseable {
  private static final String EVERYONE = "everyone";
  private static final int PAUSE_MILLIS = 100;
  private static final int ROUNDS_TO_A_BROADCAST = 4;
  private static final PublisherOptions.Times TIMES =
      new PublisherOptions.Times(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofMillis(20),
          Duration.ofMillis(200));

  private final PublisherClient client;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Future<?> pushing;
  private final List<String> users;
  private volatile int rounds;

  SteadyPushes(int ingressPort, List<String> users) {
    this.users = users;
    PublisherOptions options =
        new PublisherOptions("127.0.0.1", ingressPort, null, null, null, 1, TIMES, null);
    client = PublisherClient.connect(options, PublisherListener.SILENT);
    pushing =
        thread.scheduleWithFixedDelay(this::pushARound, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void pushARound() {
    int round = rounds;
    for (String user : users) {
      push(TestPush.to(user), textTo(user, round));
    }
    if (hasBroadcast(round)) {
      push(TestPush.toEveryone(), textTo(EVERYONE, round));
    }
    rounds = round + 1;
  }

  private void push(TestPush push, String text) {
    Waiting.get(client.push(push.data('"' + text + '"').request()));
  }

  /** Waits until so many more rounds are acked. */
  void awaitRounds(int more) {
    int wanted = rounds + more;
    Waiting.until(() -> rounds + " rounds of " + wanted + ", " + pushing, () -> rounds >= wanted);
  }

  /** The newest text to this user that is certainly acked. */
  String newestTo(String user) {
    return textTo(user, rounds - 1);
  }

  /** Stops pushing, and waits for the last ack. */
  void stop() throws InterruptedException {
    thread.shutdown();
    assertThat(thread.awaitTermination(60, TimeUnit.SECONDS)).as("the last round ends").isTrue();
    assertThat(pushing.isCancelled()).as("no push failed: %s", pushing).isTrue();
  }

  /** All that was pushed to this user alone, in order; once stopped. */
  List<String> allTo(String user) {
    return IntStream.range(0, rounds).mapToObj(round -> textTo(user, round)).toList();
  }

  /** All that was pushed to everyone, in order; once stopped. */
  List<String> allToEveryone() {
    return IntStream.range(0, rounds)
        .filter(SteadyPushes::hasBroadcast)
        .mapToObj(round -> textTo(EVERYONE, round))
        .toList();
  }

  /** Whether it was pushed to everyone. */
  static boolean isToEveryone(String text) {
    return text.startsWith(EVERYONE);
  }

  private static boolean hasBroadcast(int round) {
    return round % ROUNDS_TO_A_BROADCAST == 0;
  }

  private static String textTo(String name, int round) {
    return name + " " + round;
  }

  @Override
  public void close() {
    thread.shutdownNow();
    Waiting.get(client.close());
  }
}
