package io.pushgate.gateway.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The address of a user's WebSocket stream on a gateway, or on a proxy before one. Immutable. */
record StreamUri(String scheme, String host, int port, String path) {
  private static final String PATH = "/api/v1/notifications/ws/";

  /** Takes {@code ws}, {@code wss}, {@code http} or {@code https}; a path is what goes before. */
  static StreamUri of(String url, String user) throws CommandFailure {
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean secure = scheme.equals("wss") || scheme.equals("https");
      boolean known = secure || scheme.equals("ws") || scheme.equals("http");
      if (known && uri.getHost() != null && uri.getRawQuery() == null) {
        int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
        String prefix = uri.getRawPath().replaceFirst("/+$", "");
        return new StreamUri(
            secure ? "wss" : "ws", uri.getHost(), port, prefix + PATH + PathSegment.of(user));
      }
    } catch (URISyntaxException noUri) {
      // Told below, as what it was not.
    }
    throw CommandFailure.misuse("--url: expected such as ws://127.0.0.1:8000, not '" + url + "'");
  }

  boolean secure() {
    return scheme.equals("wss");
  }

  /** The host for a connection, without the brackets of an IPv6 address. */
  String address() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The address that resumes behind a position; a cursor needs no escaping. */
  URI resuming(@Nullable String after) {
    String query = after == null ? "" : "?after=" + after;
    return URI.create(scheme + "://" + host + ":" + port + path + query);
  }
}
