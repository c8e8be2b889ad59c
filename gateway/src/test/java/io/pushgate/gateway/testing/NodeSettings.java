package io.pushgate.gateway.testing;

import io.pushgate.gateway.config.SessionConfig;
import java.time.Duration;
import java.util.Optional;

/** What a node under test is made of, the product's defaults but for what a test is about. */
public record NodeSettings(
    BrokerSettings broker,
    int loops,
    Duration heartbeat,
    int maxSessions,
    int clientRate,
    Optional<Duration> maxAge) {

  public static final NodeSettings DEFAULTS =
      new NodeSettings(
          BrokerSettings.DEFAULTS, 1, Duration.ofSeconds(25), 20, 100, Optional.empty());

  public NodeSettings with(BrokerSettings settings) {
    return new NodeSettings(settings, loops, heartbeat, maxSessions, clientRate, maxAge);
  }

  public NodeSettings loops(int count) {
    return new NodeSettings(broker, count, heartbeat, maxSessions, clientRate, maxAge);
  }

  public NodeSettings heartbeat(Duration time) {
    return new NodeSettings(broker, loops, time, maxSessions, clientRate, maxAge);
  }

  public NodeSettings maxSessions(int count) {
    return new NodeSettings(broker, loops, heartbeat, count, clientRate, maxAge);
  }

  public NodeSettings clientRate(int framesPerSecond) {
    return new NodeSettings(broker, loops, heartbeat, maxSessions, framesPerSecond, maxAge);
  }

  public NodeSettings maxAge(Duration about) {
    return new NodeSettings(broker, loops, heartbeat, maxSessions, clientRate, Optional.of(about));
  }

  SessionConfig session() {
    return new SessionConfig(
        heartbeat, Duration.ofSeconds(10), maxSessions, 4096, clientRate, maxAge);
  }
}
