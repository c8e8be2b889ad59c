package io.pushgate.gateway.supervision;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What systemd asks of a service by its environment: where it wants to be told of it (sd_notify(3))
 * and how often it wants a sign of life (sd_watchdog_enabled(3)). <em>Immutable.</em>
 *
 * @param watchdog after so long without a sign of life the process is ended; zero for no watchdog
 */
record SystemdRequest(DomainSocketAddress socket, Duration watchdog) {
  private static final Logger log = LoggerFactory.getLogger(SystemdRequest.class);

  /** Null where nothing is asked for, or nothing that can be done. */
  static @Nullable SystemdRequest of(Map<String, String> environment, long pid) {
    String name = environment.getOrDefault("NOTIFY_SOCKET", "");
    if (name.isEmpty()) {
      return null;
    }
    if (!name.startsWith("/") && !name.startsWith("@")) {
      log.warn("NOTIFY_SOCKET is neither a path nor an abstract name, so nobody is told anything");
      return null;
    }
    if (!Epoll.isAvailable()) {
      log.warn("NOTIFY_SOCKET is set, but can't be used here", Epoll.unavailabilityCause());
      return null;
    }
    // An abstract name begins with a zero byte, which an environment can't hold (unix(7)).
    String path = name.startsWith("@") ? "\0" + name.substring(1) : name;
    return new SystemdRequest(new DomainSocketAddress(path), watchdog(environment, pid));
  }

  private static Duration watchdog(Map<String, String> environment, long pid) {
    String interval = environment.getOrDefault("WATCHDOG_USEC", "0");
    String watched = environment.getOrDefault("WATCHDOG_PID", String.valueOf(pid));
    if (!watched.equals(String.valueOf(pid))) {
      return Duration.ZERO; // Another process was meant: the one that this was started by.
    }
    try {
      return Duration.of(Math.max(0, Long.parseLong(interval)), ChronoUnit.MICROS);
    } catch (NumberFormatException none) {
      log.warn("WATCHDOG_USEC is no number, so there is no watchdog");
      return Duration.ZERO;
    }
  }
}
