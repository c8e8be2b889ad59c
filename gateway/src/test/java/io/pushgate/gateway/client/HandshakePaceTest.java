package io.pushgate.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.TestClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandshakePaceTest {
  private final TestClock clock = new TestClock();

  @Test
  void letsOneSecondsWorthPassAtOnceAndThenEachInItsTime() {
    HandshakePace pace = new HandshakePace(100, clock::steadyNanos);
    assertThat(passing(pace, 1_000)).isEqualTo(100);
    assertThat(pace.isSpent()).isTrue();
    clock.advance(Duration.ofMillis(30));
    assertThat(pace.isSpent()).isFalse();
    assertThat(passing(pace, 1_000)).isEqualTo(3);
    clock.advance(Duration.ofHours(1));
    assertThat(passing(pace, 1_000)).as("what nobody used is not saved up").isEqualTo(100);
  }

  @Test
  void looksWithoutCounting() {
    HandshakePace pace = new HandshakePace(1, clock::steadyNanos);
    for (int i = 0; i < 10; i++) {
      assertThat(pace.isSpent()).isFalse();
    }
    assertThat(pace.pass()).isTrue();
  }

  @Test
  void spreadsThoseWhoComeBackOverTheTimeThatTheyNeed() {
    HandshakePace pace = new HandshakePace(100, clock::steadyNanos);
    passing(pace, 100);
    assertThat(told(pace)).as("a few").hasSize(10).allMatch(seconds -> seconds <= 10);
    passing(pace, 3_000);
    assertThat(told(pace)).as("half a minute's worth").hasSize(30).contains(30);
    passing(pace, 1_000_000);
    assertThat(told(pace)).as("any number").hasSize(60).contains(60);
    clock.advance(Duration.ofSeconds(60));
    assertThat(told(pace)).as("the crowd is over").hasSize(10);
  }

  @Test
  void aCrowdThatComesBackWhenToldIsInWithinAMinute() {
    int clients = 100_000;
    HandshakePace pace = new HandshakePace(5_000, clock::steadyNanos);
    PriorityQueue<Long> arrivals = new PriorityQueue<>();
    for (int i = 0; i < clients; i++) {
      arrivals.add(i * 10_000L); // All within a second.
    }
    int tries = 0;
    while (!arrivals.isEmpty()) {
      long at = arrivals.remove();
      clock.advance(Duration.ofNanos(at - clock.steadyNanos()));
      tries++;
      if (!pace.pass()) {
        arrivals.add(at + Duration.ofSeconds(pace.retryAfterSeconds()).toNanos());
      }
    }
    assertThat(Duration.ofNanos(clock.steadyNanos())).isLessThan(Duration.ofSeconds(60));
    assertThat(tries).as("few come in vain twice").isLessThan(4 * clients);
  }

  private static int passing(HandshakePace pace, int tries) {
    int passed = 0;
    for (int i = 0; i < tries; i++) {
      passed += pace.pass() ? 1 : 0;
    }
    return passed;
  }

  private static Set<Integer> told(HandshakePace pace) {
    Set<Integer> seconds = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      seconds.add(pace.retryAfterSeconds());
    }
    return seconds;
  }
}
