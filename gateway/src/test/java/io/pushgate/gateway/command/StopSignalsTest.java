package io.pushgate.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.config.ListenConfig;
import io.pushgate.gateway.testing.ChildJvm;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StopSignalsTest {

  @Test
  void theFirstSignalDrainsAndTheSecondCutsThatShort() throws Exception {
    try (ChildJvm child = ChildJvm.start(EndlessDrain.class, Map.of())) {
      child.awaitOut("listening ");
      child.terminate();
      child.awaitOut("drain begun");
      assertThat(child.isAlive()).isTrue();
      child.terminate();
      child.awaitOut("drain cut short");
      assertThat(child.exitCode()).isZero();
    }
  }

  /** A program that serves a gateway whose drain ends only when it is cut short. */
  static final class EndlessDrain implements Service {
    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    private final CountDownLatch cut = new CountDownLatch(1);
    private final CountDownLatch down = new CountDownLatch(1);

    private EndlessDrain() {}

    public static void main(String[] args) {
      System.exit(new Program(config -> new EndlessDrain(), Map.of()).run());
    }

    @Override
    public ListenConfig bound() {
      return new ListenConfig("127.0.0.1", 1, "127.0.0.1", 2, "127.0.0.1", 3);
    }

    @Override
    public void close() {
      out.println("drain begun");
      try {
        cut.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      down.countDown();
    }

    @Override
    public void cutShort() {
      out.println("drain cut short");
      cut.countDown();
    }

    @Override
    public boolean awaitTermination() throws InterruptedException {
      down.await();
      return true;
    }
  }
}
