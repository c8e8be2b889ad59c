package io.pushgate.gateway.supervision;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Whoever is told how the gateway stands. <em>Any thread.</em> */
public interface Supervision extends AutoCloseable {

  /** Nobody wants to know. */
  Supervision NONE =
      new Supervision() {
        @Override
        public void ready(Supplier<Canary> canary, Supplier<String> status) {}

        @Override
        public void stopping(Duration atMost) {}

        @Override
        public void close() {}
      };

  /** Systemd, where it told by the environment that it listens (sd_notify(3)). */
  static Supervision of(Map<String, String> environment, long pid) {
    SystemdRequest request = SystemdRequest.of(environment, pid);
    return request == null ? NONE : new Systemd(request);
  }

  /**
   * All ports are bound.
   *
   * @param canary is asked for where a watchdog waits for signs of life
   * @param status how things stand, for people, on one line; asked every few seconds
   */
  void ready(Supplier<Canary> canary, Supplier<String> status);

  /** The gateway drains and stops, which takes so long at most. */
  void stopping(Duration atMost);

  @Override
  void close();
}
