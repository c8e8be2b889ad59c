package io.pushgate.gateway.nginx.routing;

import io.pushgate.gateway.nginx.text.Directive;
import io.pushgate.gateway.nginx.text.Regex;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What variables are for one request. Many can't be told from the configuration: such a value is
 * empty, and nothing is concluded from it. One thread.
 */
public final class Variables {
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");
  private static final int MAX_DEPTH = 16;

  /** What a browser's handshake has, too, and nobody knows before. */
  private static final Set<String> OF_BROWSERS =
      Set.of(
          "accept",
          "accept_encoding",
          "accept_language",
          "authorization",
          "cache_control",
          "cookie",
          "dnt",
          "origin",
          "pragma",
          "sec_websocket_extensions",
          "user_agent");

  private final List<Directive> maps;
  private final Map<String, Optional<String>> values = new HashMap<>();
  private int depth;

  /** Whether headers that browsers don't send are empty, and not unknown. */
  private boolean browsersAlone;

  Variables(List<Directive> maps, Request request) {
    this.maps = maps;
    put("host", request.host().toLowerCase(Locale.ROOT));
    put("http_host", request.hostHeader());
    put("server_port", String.valueOf(request.port()));
    put("scheme", request.tls() ? "https" : "http");
    put("https", request.tls() ? "on" : "");
    put("ssl_client_verify", request.tls() ? "NONE" : "");
    put("request_method", "GET");
    put("server_protocol", "HTTP/1.1");
    put("request_uri", request.target());
    put("args", "");
    put("query_string", "");
    put("is_args", "");
    put("http_upgrade", "websocket");
    put("http_connection", "Upgrade");
    put("http_sec_websocket_version", "13");
    put("http_sec_websocket_key", "dGhlIHNhbXBsZSBub25jZQ==");
    put("http_sec_websocket_protocol", "pushgate.v1");
    path(RequestPath.normalised(request.target()));
  }

  void path(String path) {
    put("uri", path);
    put("document_uri", path);
  }

  void set(String name, Optional<String> value) {
    values.put(name, value);
  }

  /** The groups of the expression that matched last, by number and by name. */
  void captured(String expression, MatchResult match) {
    Regex.names(expression)
        .forEach(
            (name, group) -> {
              String text = group > match.groupCount() ? null : match.group(group);
              put(name, text == null ? "" : text);
            });
    for (int group = 1; group <= match.groupCount(); group++) {
      String text = match.group(group);
      put(String.valueOf(group), text == null ? "" : text);
    }
  }

  /** The text with its variables replaced; empty where one of them is not known. */
  public Optional<String> text(String text) {
    StringBuilder replaced = new StringBuilder();
    Matcher variable = VARIABLE.matcher(text);
    while (variable.find()) {
      String name = variable.group(1) == null ? variable.group(2) : variable.group(1);
      Optional<String> value = value(name);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      variable.appendReplacement(replaced, Matcher.quoteReplacement(value.get()));
    }
    return Optional.of(variable.appendTail(replaced).toString());
  }

  /**
   * The same where no proxy before this one adds anything, as for the headers of the upgrade
   * itself: a slip of the pen names a header that nobody sends.
   */
  public Optional<String> textByBrowser(String text) {
    browsersAlone = true;
    try {
      return text(text);
    } finally {
      browsersAlone = false;
    }
  }

  /** The maps that define a variable; where there are several, nginx takes the last. */
  public List<Directive> mapsOf(String name) {
    return maps.stream().filter(map -> map.argument(1).equals("$" + name)).toList();
  }

  /** What one of the maps would say. */
  Optional<String> mapped(Directive map) {
    if (depth > MAX_DEPTH) {
      return Optional.empty();
    }
    depth++;
    try {
      return text(map.argument(0)).flatMap(source -> entry(map, source)).flatMap(this::text);
    } finally {
      depth--;
    }
  }

  private Optional<String> value(String name) {
    List<Directive> own = mapsOf(name);
    return own.isEmpty()
        ? values.getOrDefault(name, unknown(name))
        : mapped(own.get(own.size() - 1));
  }

  private Optional<String> unknown(String name) {
    boolean unsent =
        name.startsWith("http_") && !OF_BROWSERS.contains(name.substring("http_".length()));
    return browsersAlone && unsent ? Optional.of("") : Optional.empty();
  }

  private static Optional<String> entry(Directive map, String source) {
    for (Directive entry : map.block()) {
      if (entry.name().equalsIgnoreCase(source)) {
        return Optional.of(entry.argument(0));
      }
    }
    for (Directive entry : map.block()) {
      String key = entry.name();
      boolean anyCase = key.startsWith("~*");
      String expression = key.substring(anyCase ? 2 : Math.min(1, key.length()));
      if (key.startsWith("~") && Regex.find(expression, anyCase, source).isPresent()) {
        return Optional.of(entry.argument(0));
      }
    }
    return map.block().stream()
        .filter(entry -> entry.is("default"))
        .map(entry -> entry.argument(0))
        .findFirst()
        .or(() -> Optional.of(""));
  }

  private void put(String name, String value) {
    values.put(name, Optional.of(value));
  }
}
