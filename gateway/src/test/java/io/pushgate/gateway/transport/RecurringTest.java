package io.pushgate.gateway.transport;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.pushgate.gateway.testing.Waiting;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecurringTest {

  @Test
  void aTaskThatFailedIsRunAgain() {
    AtomicInteger runs = new AtomicInteger();
    MultiThreadIoEventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      Recurring.every(
          loops.next(),
          1,
          "a task of the test",
          () -> {
            if (runs.incrementAndGet() % 2 == 1) {
              throw new OutOfMemoryError("thrown by the test");
            }
            throw new IllegalStateException("thrown by the test");
          });

      Waiting.until(() -> runs + " runs", () -> runs.get() >= 4);
    } finally {
      loops.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
  }
}
