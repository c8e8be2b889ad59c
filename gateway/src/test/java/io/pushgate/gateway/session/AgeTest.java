package io.pushgate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.NodeSettings;
import io.pushgate.gateway.testing.TestSession;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AgeTest extends SessionContract {
  private static final Duration ABOUT = Duration.ofSeconds(1);
  private static final int SESSIONS = 20;

  @Test
  void whoIsOldIsSentAwayToComeBackSoon() {
    start(NodeSettings.DEFAULTS.maxAge(ABOUT).maxSessions(SESSIONS));
    long startNanos = System.nanoTime();
    List<TestSession> sessions = Stream.generate(() -> open(ALICE, "")).limit(SESSIONS).toList();

    for (TestSession session : sessions) {
      assertThat(sentAway(session)).isBetween(0L, 999L);
    }
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos))
        .isGreaterThanOrEqualTo(ABOUT.toMillis() * 4 / 5);
    assertThat(node().scrape())
        .contains("pushgate_limit_hits_total{limit=\"max-connection-age\"} " + SESSIONS + ".0");
  }

  @Test
  void whoIsToldWhenToGoStaysUntilThenHoweverOldItGets() {
    start(NodeSettings.DEFAULTS.maxAge(Duration.ofSeconds(2)));
    TestSession session = open(ALICE, "");
    node().hub().all().forEach(one -> one.onLoop(() -> one.drain(3_000)));

    sentAway(session);

    assertThat(session.count("reconnect")).isEqualTo(1);
    assertThat(node().scrape()).doesNotContain("limit=\"max-connection-age\"");
  }

  @Test
  void agesLieEvenlyWithinAFifthOfTheBound() {
    MaxAge about = new MaxAge(Duration.ofHours(1));
    SplittableRandom ids = new SplittableRandom(20_061);
    int[] minutes = new int[72];
    for (int n = 0; n < 24_000; n++) {
      minutes[(int) TimeUnit.NANOSECONDS.toMinutes(about.nanosFor(ids.nextLong()))]++;
    }

    for (int minute = 0; minute < minutes.length; minute++) {
      if (minute < 48) {
        assertThat(minutes[minute]).isZero();
      } else {
        assertThat(minutes[minute]).isBetween(800, 1_200);
      }
    }
  }
}
