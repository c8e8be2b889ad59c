package io.pushgate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrailTest {
  private final Trail trail = new Trail();

  @Test
  void aSessionThatStartsBehindAPlaceWasNotSentIt() {
    trail.sent(40, 42, 45);

    assertThat(trail.ranges()).hasToString("(40,45]");
    assertThat(trail.contains(40)).isFalse();
    assertThat(trail.contains(42)).isTrue();
  }

  @Test
  void whatFollowsOnTheLastMakesOneRange() {
    trail.sent(40, 42, 45);
    trail.sent(45, 50, 50);

    assertThat(trail.ranges()).hasToString("(40,50]");
  }

  @Test
  void whatWasPassedOverWasNotSent() {
    trail.sent(40, 42, 45);
    trail.sent(47, 50, 50);

    assertThat(trail.contains(47)).isFalse();
    assertThat(trail.ranges()).hasToString("(40,45](47,50]");
  }

  @Test
  void anEntryWithoutAPredecessorStandsForItselfAlone() {
    trail.sent(0, 42, 45);

    assertThat(trail.ranges()).hasToString("(41,45]");
  }

  @Test
  void whatAnEarlierProcessSentCounts() {
    trail.witnessed(30);

    assertThat(trail.contains(30)).isTrue();
    assertThat(trail.contains(31)).isFalse();
    trail.sent(30, 35, 35);
    assertThat(trail.ranges()).hasToString("(0,35]");
  }

  @Test
  void anyThreadSeesNoMoreThanWasSentAndNoLessThanItWasToldOf() {
    int rounds = 200_000;
    AtomicLong told = new AtomicLong();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (long n = 1; n <= rounds; n++) {
                // The odd places are passed over now and then.
                trail.sent(n % 64 == 0 ? 2 * n - 1 : 2 * n - 2, 2 * n, 2 * n);
                told.lazySet(2 * n);
              }
            });

    long newest = 0;
    while (newest < 2L * rounds) {
      newest = told.get();
      if (newest > 0) {
        assertThat(trail.contains(newest)).isTrue();
      }
      assertThat(trail.contains(2L * rounds + 1)).isFalse();
    }
    writer.join();
  }
}
