package io.pushgate.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Who is let in on the public port. Immutable.
 *
 * @param keys the file of keys; empty where no token is asked for
 * @param audience what a token's {@code aud} has to hold, where it has to
 * @param issuer what a token's {@code iss} has to be, where it has to
 * @param leeway by which clocks may differ
 * @param inQuery whether a token may stand in the URL
 */
public record TokenConfig(
    Optional<Path> keys,
    Optional<String> audience,
    Optional<String> issuer,
    Duration leeway,
    boolean inQuery) {
  private static final Duration MAX_LEEWAY = Duration.ofMinutes(10);

  public TokenConfig {
    Check.duration("token-leeway", leeway, Duration.ZERO, MAX_LEEWAY);
    if (keys.isEmpty() && (audience.isPresent() || issuer.isPresent() || inQuery)) {
      throw new InvalidOptionException(
          "token-keys", "", "a file of keys, since other options for tokens are given");
    }
  }
}
