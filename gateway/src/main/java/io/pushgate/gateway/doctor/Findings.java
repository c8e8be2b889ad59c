package io.pushgate.gateway.doctor;

import io.pushgate.protocol.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** What the open tunnel told, for the report and for those who hold it. One thread. */
final class Findings {
  private Optional<Duration> heartbeat = Optional.empty();
  private Optional<Duration> held = Optional.empty();
  private boolean pushed;
  private Optional<String> stumbles = Optional.empty();

  /** The gateway's first frame came. */
  void welcomed(String frame) {
    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
    try {
      heartbeat =
          Optional.of(
              Duration.ofSeconds(JsonObject.parse(bytes, 0, bytes.length).number("heartbeat")));
    } catch (IllegalArgumentException unknown) {
      heartbeat = Optional.empty();
    }
  }

  /** A tunnel stood in silence so long. */
  void held(Duration time) {
    held = Optional.of(time);
  }

  /** A push came through. */
  void pushed() {
    pushed = true;
  }

  /** A handshake failed with this status, and the same one opened when it was sent again. */
  void stumbled(int status) {
    stumbles = Optional.of("HTTP " + status);
  }

  /** Silence after which the gateway pings. */
  Optional<Duration> heartbeat() {
    return heartbeat;
  }

  Optional<Duration> held() {
    return held;
  }

  Optional<String> stumbles() {
    return stumbles;
  }

  boolean sawPush() {
    return pushed;
  }
}
