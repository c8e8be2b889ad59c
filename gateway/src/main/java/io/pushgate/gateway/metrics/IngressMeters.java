package io.pushgate.gateway.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** The meters of who was let in on the ingress port, and of its certificate. Any thread. */
public final class IngressMeters {
  private final MeterRegistry registry;
  private final LabelledCounter unauthorized;
  private final LabelledCounter handshakes;
  private final LongAdder unusable = new LongAdder();

  IngressMeters(MeterRegistry registry) {
    this.registry = registry;
    unauthorized =
        new LabelledCounter(
            registry, "pushgate_ingress_unauthorized_total", "Publishers not let in.", "reason");
    handshakes =
        new LabelledCounter(
            registry, "pushgate_ingress_tls_handshakes_total", "TLS handshakes.", "outcome");
    Stream.of("no_secret", "wrong_secret", "no_certificate").forEach(unauthorized::of);
    Stream.of("accepted", "failed").forEach(handshakes::of);
  }

  /** A publisher named no secret. */
  public void withoutSecret() {
    unauthorized.increment("no_secret");
  }

  /** A publisher named a secret that is none, or another publisher's. */
  public void wrongSecret() {
    unauthorized.increment("wrong_secret");
  }

  /** A publisher spoke without TLS where a client certificate is needed. */
  public void withoutCertificate() {
    unauthorized.increment("no_certificate");
  }

  /** A TLS handshake ended; a client certificate that is missing or not believed fails it. */
  public void handshake(boolean accepted) {
    handshakes.increment(accepted ? "accepted" : "failed");
  }

  /** The files of the certificate cannot be used, so the old ones stay. */
  public void certificateUnusable() {
    unusable.increment();
  }

  /** Shows when the certificate in use ends, in seconds since the epoch. */
  public void watchCertificate(LongSupplier expirySeconds) {
    Gauge.builder("pushgate_ingress_certificate_expiry_seconds", expirySeconds::getAsLong)
        .description("When the ingress port's certificate expires, in seconds since 1970.")
        .register(registry);
    FunctionCounter.builder("pushgate_ingress_certificate_unusable_total", unusable, LongAdder::sum)
        .description("Times that changed TLS files of the ingress port could not be used.")
        .register(registry);
  }
}
