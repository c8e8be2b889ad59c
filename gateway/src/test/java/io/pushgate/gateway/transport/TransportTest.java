package io.pushgate.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.config.TransportConfig;
import io.pushgate.gateway.config.TransportKind;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TransportTest {

  @Test
  void aLoopThatHangsIsNotWaitedForForEver() {
    Transport transport = Transport.start(new TransportConfig(TransportKind.NIO, 1), () -> {});
    CountDownLatch hanging = new CountDownLatch(1);
    transport.loops().get(0).execute(() -> await(hanging));

    assertThat(transport.stop(1)).isFalse();

    hanging.countDown();
    assertThat(transport.stop()).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
