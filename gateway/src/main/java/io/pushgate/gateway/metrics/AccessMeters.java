package io.pushgate.gateway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.Stream;

/** The meters of who was let in on the ingress port. Any thread. */
public final class AccessMeters {
  private final LabelledCounter unauthorized;

  AccessMeters(MeterRegistry registry) {
    unauthorized =
        new LabelledCounter(
            registry, "pushgate_ingress_unauthorized_total", "Publishers not let in.", "reason");
    Stream.of("no_secret", "wrong_secret").forEach(unauthorized::of);
  }

  /** A publisher named no secret. */
  public void withoutSecret() {
    unauthorized.increment("no_secret");
  }

  /** A publisher named a secret that is none, or another publisher's. */
  public void wrongSecret() {
    unauthorized.increment("wrong_secret");
  }
}
