package io.pushgate.gateway.client;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where a path leads. Paths are compared as they were sent: a trailing slash, {@code ..} or {@code
 * //} makes another path. Immutable.
 *
 * @param segment what follows the endpoint's prefix, still escaped
 */
record Route(Endpoint endpoint, String segment) {
  private static final Set<String> DOTS = Set.of("", ".", "..");

  /** The route of a path; {@code isFile} knows the names of the files. */
  static Optional<Route> of(String path, Predicate<String> isFile) {
    for (Endpoint endpoint : Endpoint.values()) {
      if (path.startsWith(endpoint.prefix())) {
        String segment = path.substring(endpoint.prefix().length());
        return isKnown(endpoint, segment, isFile)
            ? Optional.of(new Route(endpoint, segment))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean isKnown(Endpoint endpoint, String segment, Predicate<String> isFile) {
    return switch (endpoint) {
      case FILE -> isFile.test(segment);
      case ECHO -> segment.isEmpty();
      case WEBSOCKET, SSE, ACK, PROBE -> segment.indexOf('/') < 0 && !DOTS.contains(segment);
    };
  }
}
