package io.pushgate.gateway.client.witness;

import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How one request arrived: its line with the values of the query masked, and its headers by name
 * and size, with the values of those that make a handshake. Immutable.
 *
 * @param ts when, in ms of the wall clock
 * @param peer the address that the socket has
 */
public record Arrival(long ts, String line, String version, String peer, List<Header> headers) {
  private static final int MAX_LINE = 2048;
  private static final int MAX_HEADERS = 128;
  private static final Pattern QUERY_VALUE = Pattern.compile("=[^&]*");
  private static final Pattern TOKEN = Pattern.compile("(?i)bearer\\.[^,\\s]*");
  private static final String WEBSOCKET_HEADER = "sec-websocket-";
  private static final String FORWARDED_HEADER = "x-forwarded-";

  private static final Set<String> SHOWN =
      Set.of("host", "upgrade", "connection", "origin", Evidence.SEEN_BY_NGINX);

  /** One header; the value is empty where it is nobody's business. */
  public record Header(String name, int size, Optional<String> value) {}

  public Arrival {
    headers = List.copyOf(headers);
  }

  static Arrival of(HttpRequest request, long ts, String peer) {
    List<Header> headers = new ArrayList<>();
    for (Map.Entry<String, String> header : request.headers()) {
      if (headers.size() == MAX_HEADERS) {
        break;
      }
      String value = header.getValue();
      headers.add(
          new Header(Hop.cut(header.getKey()), value.length(), shown(header.getKey(), value)));
    }
    String line = request.method() + " " + masked(request.uri()) + " " + request.protocolVersion();
    return new Arrival(
        ts,
        line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE),
        request.protocolVersion().text(),
        peer,
        headers);
  }

  private static Optional<String> shown(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean shown =
        SHOWN.contains(lower)
            || lower.startsWith(WEBSOCKET_HEADER)
            || lower.startsWith(FORWARDED_HEADER);
    if (!shown) {
      return Optional.empty();
    }
    return Optional.of(Hop.cut(TOKEN.matcher(value).replaceAll("bearer.*")));
  }

  /** A value of the query may be a token, and so may a parameter that has no name. */
  private static String masked(String target) {
    int query = target.indexOf('?');
    if (query < 0) {
      return target;
    }
    String[] parameters = target.substring(query + 1).split("&", -1);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] =
          parameters[i].contains("=")
              ? QUERY_VALUE.matcher(parameters[i]).replaceFirst("=*")
              : parameters[i].isEmpty() ? "" : "*";
    }
    return target.substring(0, query + 1) + String.join("&", parameters);
  }
}
