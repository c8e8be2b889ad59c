package io.pushgate.gateway.doctor.probe;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a gateway, or a proxy before it, is reached. Immutable.
 *
 * @param host as in a URL, an IPv6 address in brackets
 * @param prefix what stands before the gateway's own paths, without a slash at its end
 * @param user the name in the path, as it was written there; empty where none was
 */
public record SiteUrl(boolean secure, String host, int port, String prefix, Optional<String> user) {
  private static final String API = "/api/v1/notifications/";
  private static final String WEBSOCKET = API + "ws";

  /**
   * Reads {@code ws}, {@code wss}, {@code http} and {@code https}. The path may be empty, a prefix,
   * or lead to a user's WebSocket.
   *
   * @throws IllegalArgumentException says what was expected
   */
  public static SiteUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException noUri) {
      throw expected(text);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("wss") || scheme.equals("https");
    boolean known = secure || scheme.equals("ws") || scheme.equals("http");
    boolean bare =
        uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
    if (!known || !bare || uri.getHost() == null || uri.getPort() > 65_535) {
      throw expected(text);
    }
    int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
    String path = uri.getRawPath();
    int api = path.indexOf(WEBSOCKET);
    String prefix = api < 0 ? path : path.substring(0, api);
    String rest = api < 0 ? "" : path.substring(api + WEBSOCKET.length());
    if (!rest.isEmpty() && !rest.startsWith("/")) {
      throw expected(text);
    }
    String user = rest.replaceFirst("^/", "");
    return new SiteUrl(
        secure,
        uri.getHost().toLowerCase(Locale.ROOT),
        port,
        prefix.replaceFirst("/+$", ""),
        user.isEmpty() ? Optional.empty() : Optional.of(user));
  }

  private static IllegalArgumentException expected(String text) {
    return new IllegalArgumentException(
        "expected such as wss://push.example.com, not '%s'".formatted(text));
  }

  /** The value of {@code Host} as a browser writes it. */
  public String authority() {
    return port == (secure ? 443 : 80) ? host : host + ":" + port;
  }

  /** The origin of a page that this site serves. */
  public String origin() {
    return (secure ? "https://" : "http://") + authority();
  }

  /** The host without the brackets of an IPv6 address. */
  public String address() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The path of one of the gateway's endpoints on this site: {@code ws}, {@code sse}, ... */
  public String path(String endpoint, String segment) {
    return prefix + API + endpoint + "/" + segment;
  }

  /** A path of the site that is none of the gateway's. */
  public String path(String rest) {
    return prefix + API + rest;
  }

  @Override
  public String toString() {
    return (secure ? "wss://" : "ws://") + authority() + prefix;
  }
}
