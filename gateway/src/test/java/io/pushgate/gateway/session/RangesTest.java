package io.pushgate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangesTest {

  @Test
  void aRangeBeginsBehindItsFirstNumberAndEndsWithItsSecond() {
    Ranges ranges = Ranges.of(3, 5);

    assertThat(ranges.contains(3)).isFalse();
    assertThat(ranges.contains(4)).isTrue();
    assertThat(ranges.contains(5)).isTrue();
    assertThat(ranges.contains(6)).isFalse();
  }

  @Test
  void noPlacesAreNoRange() {
    assertThat(Ranges.of(5, 5).isEmpty()).isTrue();
    assertThat(Ranges.NONE.with(7, 7).isEmpty()).isTrue();
    assertThat(Ranges.NONE.contains(0)).isFalse();
  }

  @Test
  void whatTouchesOrOverlapsBecomesOne() {
    assertThat(Ranges.of(0, 5).with(5, 9)).hasToString("(0,9]");
    assertThat(Ranges.of(5, 9).with(0, 5)).hasToString("(0,9]");
    assertThat(Ranges.of(0, 2).with(4, 6).with(8, 9).with(1, 8)).hasToString("(0,9]");
    assertThat(Ranges.of(4, 6).with(0, 2)).hasToString("(0,2](4,6]");
  }

  @Test
  void holdsWhatASetWouldHold() {
    long seed = 20_251_122;
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      BitSet set = new BitSet();
      Ranges left = Ranges.NONE;
      Ranges right = Ranges.NONE;
      for (int n = 0; n < Ranges.MAX; n++) {
        int behind = random.nextInt(200);
        int through = behind + random.nextInt(12);
        set.set(behind + 1, through + 1);
        left = n % 2 == 0 ? left.with(behind, through) : left;
        right = n % 2 == 1 ? right.with(behind, through) : right;
      }
      Ranges all = left.with(right);
      for (int place = 0; place < 220; place++) {
        assertThat(all.contains(place)).as("%d of %s", place, all).isEqualTo(set.get(place));
      }
    }
  }

  @Test
  void pastTheBoundTheTwoNearestBecomeOneAndNothingIsLost() {
    Ranges ranges = Ranges.NONE;
    for (int n = 0; n < Ranges.MAX; n++) {
      ranges = ranges.with(100L * n, 100L * n + 10);
    }
    Ranges full = ranges.with(1_315, 1_320);

    assertThat(full.contains(1_312)).isTrue();
    assertThat(full.contains(1_321)).isFalse();
    for (int n = 0; n < Ranges.MAX; n++) {
      assertThat(full.contains(100L * n)).isFalse();
      assertThat(full.contains(100L * n + 1)).isTrue();
      assertThat(full.contains(100L * n + 10)).isTrue();
    }
  }
}
