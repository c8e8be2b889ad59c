package io.pushgate.protocol.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class LeakWatchTest {

  @Test
  void tellsWhereALeakedBufferWasMade() throws InterruptedException {
    leak();

    assertThat(LeakWatch.collect()).singleElement().asString().contains("LeakWatchTest.leak");
  }

  @Test
  void isSilentAboutAReleasedBuffer() throws InterruptedException {
    PooledByteBufAllocator.DEFAULT.directBuffer(16).release();

    assertThat(LeakWatch.collect()).isEmpty();
  }

  private static void leak() {
    PooledByteBufAllocator.DEFAULT.directBuffer(16).writeByte(1);
  }
}
