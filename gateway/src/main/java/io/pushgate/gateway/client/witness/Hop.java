package io.pushgate.gateway.client.witness;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.pushgate.gateway.http.Forwarded;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What arrived of a request that proxies tend to change. Any thread. */
public final class Hop {
  private static final int MAX_VALUE = 200;

  private static final List<String> HEADERS =
      List.of("upgrade", "connection", "host", Forwarded.FOR, Forwarded.PROTO);

  private Hop() {}

  /** The HTTP version and the headers that were there, each cut at 200 bytes. */
  public static Map<String, String> of(HttpRequest request) {
    Map<String, String> arrived = new LinkedHashMap<>();
    arrived.put("version", request.protocolVersion().text());
    for (String name : HEADERS) {
      List<String> values = request.headers().getAll(name);
      if (!values.isEmpty()) {
        arrived.put(name, cut(String.join(", ", values)));
      }
    }
    return arrived;
  }

  /** Whether the request asks for a WebSocket, whole or with parts of the handshake lost. */
  public static boolean isHandshake(HttpHeaders headers) {
    return headers.contains("upgrade")
        || headers.contains("sec-websocket-key")
        || headers.contains("sec-websocket-version");
  }

  static String cut(String value) {
    return value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE);
  }
}
