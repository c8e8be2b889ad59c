package io.pushgate.gateway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;

/** The meters of the event loops. Any thread. */
final class LoopMeters {
  private final Timer lag;

  LoopMeters(MeterRegistry registry) {
    lag =
        Timer.builder("pushgate_event_loop_lag_seconds")
            .description("How late an event loop runs what is due.")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(2))
            .register(registry);
  }

  void watch(Iterable<? extends EventExecutor> loops) {
    loops.forEach(loop -> new LoopLag(loop, lag).start());
  }
}
