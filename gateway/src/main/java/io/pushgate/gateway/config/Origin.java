package io.pushgate.gateway.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * A web origin (RFC 6454): scheme, host and port, compared exactly. A port that the scheme implies
 * is filled in, so that {@code https://a} and {@code https://a:443} are one. Immutable.
 *
 * @param port −1 where neither the text nor the scheme names one
 */
public record Origin(String scheme, String host, int port) {

  /**
   * Reads an {@code Origin} header or an option's entry. Empty for {@code null}, wildcards, and
   * whatever has a path, a query or user information.
   */
  public static Optional<Origin> parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException noOrigin) {
      return Optional.empty();
    }
    String host = uri.getHost();
    String scheme = uri.getScheme();
    boolean bare =
        uri.getRawUserInfo() == null
            && uri.getRawPath() != null
            && uri.getRawPath().isEmpty()
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null;
    if (scheme == null || host == null || !bare || uri.getPort() > 65_535) {
      return Optional.empty();
    }
    String lower = scheme.toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : impliedPort(lower);
    return Optional.of(new Origin(lower, host.toLowerCase(Locale.ROOT), port));
  }

  /** The origin as a browser serialises it, without the port that the scheme implies. */
  @Override
  public String toString() {
    String authority = port < 0 || port == impliedPort(scheme) ? host : host + ":" + port;
    return scheme + "://" + authority;
  }

  private static int impliedPort(String scheme) {
    return switch (scheme) {
      case "http", "ws" -> 80;
      case "https", "wss" -> 443;
      default -> -1;
    };
  }
}
