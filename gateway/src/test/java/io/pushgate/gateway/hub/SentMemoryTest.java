package io.pushgate.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.session.Ranges;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.UserId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SentMemoryTest {
  private final SentMemory memory = new SentMemory();

  @Test
  void sessionsOfAUserAreRememberedTogether() {
    UserId user = UserId.of("alice");
    memory.remember(user, Ranges.of(0, 5), Ranges.NONE);
    memory.remember(user, Ranges.of(7, 9), Ranges.of(2, 3));

    assertThat(memory.of(user, Feed.USER)).hasToString("(0,5](7,9]");
    assertThat(memory.of(user, Feed.EVERYONE)).hasToString("(2,3]");
    assertThat(memory.of(UserId.of("bob"), Feed.USER).contains(1)).isFalse();
  }

  @Test
  void whoWasSentNothingTakesNoRoom() {
    for (int n = 0; n < SentMemory.MAX_USERS + 1_000; n++) {
      assertThat(memory.remember(UserId.of("user-" + n), Ranges.NONE, Ranges.NONE)).isFalse();
    }
  }

  @Test
  void pastTheBoundTheUserAskedAboutLongestAgoIsForgotten() {
    UserId asked = UserId.of("asked");
    UserId notAsked = UserId.of("not-asked");
    memory.remember(asked, Ranges.of(0, 5), Ranges.of(0, 5));
    memory.remember(notAsked, Ranges.of(0, 5), Ranges.of(0, 5));
    int forgotten = 0;
    for (int n = 0; n < 2 * SentMemory.MAX_USERS; n++) {
      assertThat(memory.of(asked, Feed.USER).contains(5)).isTrue();
      forgotten +=
          memory.remember(UserId.of("user-" + n), Ranges.of(0, 5), Ranges.of(0, 5)) ? 1 : 0;
    }

    int remembered =
        IntStream.range(0, SentMemory.SHARDS)
            .map(shard -> memory.count(shard, 5, user -> false))
            .sum();
    assertThat(remembered).isEqualTo(2 * SentMemory.MAX_USERS + 2 - forgotten);
    assertThat(remembered).isLessThanOrEqualTo(SentMemory.MAX_USERS);
    assertThat(memory.of(notAsked, Feed.USER).contains(5)).isFalse();
  }
}
