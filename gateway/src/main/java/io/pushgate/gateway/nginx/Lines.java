package io.pushgate.gateway.nginx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines of nginx's configuration that a WebSocket needs, each written here alone. */
public final class Lines {
  /** Where the gateway's WebSocket lies; a location of this path takes no other one's requests. */
  public static final String PATH = "/api/v1/notifications/ws/";

  /** What stands behind the address in proxy_pass where a prefix is taken off. */
  public static final String PATH_BEHIND = "$pushgate_path";

  public static final String HTTP_VERSION = "proxy_http_version 1.1;";
  public static final String UPGRADE = "proxy_set_header Upgrade $http_upgrade;";
  public static final String CONNECTION = "proxy_set_header Connection \"upgrade\";";
  public static final String HOST = "proxy_set_header Host $http_host;";
  public static final String FORWARDED_FOR =
      "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;";
  public static final String FORWARDED_PROTO = "proxy_set_header X-Forwarded-Proto $scheme;";

  public static final String FORWARDED_HOST = "proxy_set_header X-Forwarded-Host $http_host;";
  public static final String READ_TIMEOUT = "proxy_read_timeout 86400s;";
  public static final String BUFFERING_OFF = "proxy_buffering off;";
  public static final String PASS_REQUEST_HEADERS = "proxy_pass_request_headers on;";
  public static final String INTERCEPT_OFF = "proxy_intercept_errors off;";

  /** A location that stands instead of one without the slash at its end, and takes nothing. */
  public static final List<String> NOTHING_BESIDE =
      List.of("location ^~ " + PATH.substring(0, PATH.length() - 1) + " {", "    return 404;", "}");

  private Lines() {}

  /** Without a path behind the address: with one, nginx decodes and rebuilds the request's. */
  public static String proxyPass(String gateway) {
    return "proxy_pass http://" + gateway + ";";
  }

  /** The line that passes one header of the request on, which another line may have emptied. */
  public static String pass(String header) {
    return "proxy_set_header %s $http_%s;"
        .formatted(header, header.toLowerCase(Locale.ROOT).replace('-', '_'));
  }

  /**
   * A whole location for the gateway's WebSocket, which regex locations leave alone.
   *
   * @param gateway where nginx reaches the gateway, {@code HOST:PORT}
   */
  public static List<String> location(String gateway) {
    return location("", gateway, List.of());
  }

  /**
   * The same where the site has the gateway's paths behind a prefix, with more lines in it.
   *
   * @param gateway with {@link #PATH_BEHIND} where there is a prefix
   */
  public static List<String> location(String prefix, String gateway, List<String> more) {
    List<String> lines = new ArrayList<>();
    lines.add("location ^~ " + prefix + PATH + " {");
    lines.add("    " + proxyPass(gateway));
    for (String line :
        List.of(
            HTTP_VERSION,
            UPGRADE,
            CONNECTION,
            HOST,
            FORWARDED_FOR,
            FORWARDED_PROTO,
            FORWARDED_HOST,
            INTERCEPT_OFF,
            BUFFERING_OFF,
            READ_TIMEOUT)) {
      lines.add("    " + line);
    }
    more.forEach(line -> lines.add("    " + line));
    lines.add("}");
    return List.copyOf(lines);
  }

  /** The map that takes a prefix off, and leaves escapes as they came, which no rewrite does. */
  public static List<String> pathBehind(String prefix) {
    return List.of(
        "map $request_uri " + PATH_BEHIND + " {",
        "    default $request_uri;",
        "    \"~^%s(?<pushgate_rest>/.*)$\" $pushgate_rest;".formatted(prefix.replace(".", "\\.")),
        "}");
  }
}
