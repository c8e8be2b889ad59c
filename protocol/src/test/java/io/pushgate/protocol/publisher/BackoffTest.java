package io.pushgate.protocol.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(100, 1000, new SplittableRandom(7));

  @Test
  void waitsTwiceAsLongEachTimeUpToItsBound() {
    for (long longest : new long[] {100, 200, 400, 800, 1000, 1000}) {
      assertThat(backoff.nextMillis()).isBetween(longest / 2, longest);
    }
  }

  @Test
  void spreadsEachWaitOverHalfToAllOfIt() {
    LongStream.range(0, 10).forEach(i -> backoff.nextMillis());
    long[] waits = LongStream.generate(backoff::nextMillis).limit(1000).toArray();
    assertThat(LongStream.of(waits).min().getAsLong()).isBetween(500L, 520L);
    assertThat(LongStream.of(waits).max().getAsLong()).isBetween(980L, 1000L);
  }

  @Test
  void beginsAgainOnceTheGatewayHasAnswered() {
    LongStream.range(0, 10).forEach(i -> backoff.nextMillis());
    backoff.reset();
    assertThat(backoff.nextMillis()).isBetween(50L, 100L);
  }
}
