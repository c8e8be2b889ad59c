package io.pushgate.gateway.client;

import io.pushgate.gateway.http.PercentText;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a request line asks for (RFC 9112, section 3.2): the path as it was sent, and the parameters
 * of the query. Of a parameter that comes twice, the first counts. Immutable.
 *
 * @param authority the host of a target that names one ({@code http://host/path}), else empty
 */
record Target(Optional<String> authority, String path, String query) {

  /** Reads the target; empty where it is neither a path nor a whole URL. */
  static Optional<Target> parse(String target) {
    if (target.startsWith("/")) {
      return Optional.of(split(Optional.empty(), target));
    }
    int host = target.regionMatches(true, 0, "http://", 0, 7) ? 7 : 0;
    int path = host == 0 ? -1 : target.indexOf('/', host);
    return path < 0
        ? Optional.empty()
        : Optional.of(split(Optional.of(target.substring(host, path)), target.substring(path)));
  }

  private static Target split(Optional<String> authority, String pathAndQuery) {
    int mark = pathAndQuery.indexOf('?');
    return mark < 0
        ? new Target(authority, pathAndQuery, "")
        : new Target(authority, pathAndQuery.substring(0, mark), pathAndQuery.substring(mark + 1));
  }

  /** The parameters, decoded; one whose value cannot be decoded has that value as it was sent. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new HashMap<>();
    if (query.isEmpty()) {
      return parameters;
    }
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      parameters.putIfAbsent(
          PercentText.decode(name).orElse(name), PercentText.decode(value).orElse(value));
    }
    return parameters;
  }
}
