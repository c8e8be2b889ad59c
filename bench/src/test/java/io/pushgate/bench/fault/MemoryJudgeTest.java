package io.pushgate.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.bench.server.Vitals;
import org.junit.jupiter.api.Test;

/** Memory and descriptors that do not come back are told, and nothing else is. */
class MemoryJudgeTest {
  private static final long MANY = 100 << 20;
  private static final Vitals BEFORE = new Vitals(MANY, MANY, MANY, MANY, 300, 1);

  @Test
  void findsNothingWhereAllCameBackButWhatWasPushed() {
    long index = 10_000 * MemoryJudge.HEAP_BYTES_A_PUSH;
    Vitals after = new Vitals(MANY + index, MANY, MANY, 2 * MANY, 290, 9);

    assertThat(new MemoryJudge(10_000).complaints(BEFORE, after)).isEmpty();
  }

  @Test
  void findsAHeapThatIsKeptThoughLittleWasPushed() {
    Vitals after = new Vitals(MANY + (20 << 20), MANY, MANY, MANY, 300, 9);

    assertThat(new MemoryJudge(10).complaints(BEFORE, after))
        .containsExactly("the heap kept 20,971,520 bytes");
  }

  @Test
  void findsMemoryOfTheAllocatorAndDescriptorsThatAreKept() {
    Vitals after = new Vitals(MANY, MANY + (64 << 20), MANY, MANY, 800, 9);

    assertThat(new MemoryJudge(10).complaints(BEFORE, after))
        .containsExactly("the allocator kept 67,108,864 bytes", "500 descriptors stayed open");
  }

  @Test
  void findsBuffersThatAreInUseThoughTheAllocatorHoldsNoMore() {
    Vitals after = new Vitals(MANY, MANY, MANY + (2 << 20), MANY, 300, 9);

    assertThat(new MemoryJudge(10).complaints(BEFORE, after))
        .containsExactly("buffers kept 2,097,152 bytes");
  }
}
