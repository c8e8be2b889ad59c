package io.pushgate.gateway.conformance;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Opening handshakes (sections 4.1 and 4.2), as heads that {@code %s} in the request line leads to
 * a path. Any thread.
 */
final class HandshakeCases {
  private static final String LINE = "GET %s HTTP/1.1\n";
  private static final String HOST = "Host: localhost\n";
  private static final String UPGRADE = "Upgrade: websocket\n";
  private static final String CONNECTION = "Connection: Upgrade\n";
  private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n";
  private static final String VERSION = "Sec-WebSocket-Version: 13\n";
  private static final String REST = HOST + UPGRADE + CONNECTION + KEY + VERSION;

  private HandshakeCases() {}

  /** The heads by their ids. */
  static Map<String, String> all() {
    Map<String, String> heads = new LinkedHashMap<>();
    requestLines(heads);
    hosts(heads);
    upgrades(heads);
    keys(heads);
    versions(heads);
    offers(heads);
    bodies(heads);
    return heads;
  }

  private static void requestLines(Map<String, String> heads) {
    heads.put("4.1-good", LINE + REST);
    heads.put("4.1-absolute-target", "GET http://localhost%s HTTP/1.1\n" + REST);
    heads.put("4.1-with-query", "GET %s?x=1 HTTP/1.1\n" + REST);
    heads.put("4.1-http-1.0", "GET %s HTTP/1.0\n" + REST);
    heads.put("4.1-http-2.0", "GET %s HTTP/2.0\n" + REST);
    heads.put("4.1-http-1.2", "GET %s HTTP/1.2\n" + REST);
    heads.put("4.1-post", "POST %s HTTP/1.1\n" + REST);
    heads.put("4.1-head", "HEAD %s HTTP/1.1\n" + REST);
    heads.put("4.1-method-in-small-letters", "get %s HTTP/1.1\n" + REST);
    heads.put("4.1-trailing-slash", "GET %s/ HTTP/1.1\n" + REST);
    heads.put("4.1-fragment", "GET %s#x HTTP/1.1\n" + REST);
    heads.put("4.1-plain-get", LINE + HOST);
  }

  private static void hosts(Map<String, String> heads) {
    String rest = UPGRADE + CONNECTION + KEY + VERSION;
    heads.put("4.1-no-host", LINE + rest);
    heads.put("4.1-two-hosts", LINE + HOST + HOST + rest);
    heads.put("4.1-empty-host", LINE + "Host:\n" + rest);
    heads.put("4.1-host-with-port", LINE + "Host: localhost:80\n" + rest);
    heads.put("4.1-host-ipv6", LINE + "Host: [::1]:80\n" + rest);
    heads.put("4.1-host-of-another", LINE + "Host: gateway.example\n" + rest);
    heads.put("4.1-origin-of-another", LINE + REST + "Origin: https://evil.example\n");
    heads.put("4.1-origin-null", LINE + REST + "Origin: null\n");
    heads.put("4.1-origin-same-host", LINE + REST + "Origin: http://localhost\n");
  }

  private static void upgrades(Map<String, String> heads) {
    String rest = HOST + KEY + VERSION;
    heads.put("4.2.1-no-upgrade", LINE + CONNECTION + rest);
    heads.put("4.2.1-no-connection", LINE + UPGRADE + rest);
    for (String upgrade :
        new String[] {
          "WebSocket",
          "WEBSOCKET",
          "h2c, websocket",
          "h2c",
          "websockets",
          "websocket/13",
          "web socket",
          ""
        }) {
      heads.put(
          "4.2.1-upgrade '%s'".formatted(upgrade),
          LINE + "Upgrade: " + upgrade + "\n" + CONNECTION + rest);
    }
    for (String connection :
        new String[] {
          "upgrade",
          "UPGRADE",
          "keep-alive, Upgrade",
          "keep-alive , upgrade ,x",
          "keep-alive",
          "upgraded",
          "up grade",
          ""
        }) {
      heads.put(
          "4.2.1-connection '%s'".formatted(connection),
          LINE + UPGRADE + "Connection: " + connection + "\n" + rest);
    }
    heads.put(
        "4.2.1-two-connections", LINE + UPGRADE + "Connection: keep-alive\n" + CONNECTION + rest);
    heads.put("4.2.1-two-upgrades", LINE + "Upgrade: h2c\n" + UPGRADE + CONNECTION + rest);
    heads.put("4.2.1-names-in-capitals", (LINE + REST).replace("Sec-WebSocket", "SEC-WEBSOCKET"));
  }

  private static void keys(Map<String, String> heads) {
    String rest = HOST + UPGRADE + CONNECTION + VERSION;
    heads.put("4.2.1-no-key", LINE + rest);
    heads.put("4.2.1-two-keys", LINE + KEY + KEY + rest);
    for (String key :
        new String[] {
          "",
          "short",
          "dGhlIHNhbXBsZSBub25jZQ",
          "dGhlIHNhbXBsZSBub25jZQ=",
          "dGhlIHNhbXBsZSBub25jZTE=",
          "dGhlIHNhbXBsZSBub25jZTEy",
          "dGhlIHNhbXBsZSBub25j",
          "dGhlIHNhbXBsZ SBub25jZQ=",
          "dGhlIHNhbXBsZSBub25jZ@==",
          "dGhlIHNhbXBsZSBub25-Z_==",
          "dGhlIHNhbXBsZSBub25jZQ==dGhlIHNhbXBsZSBub25jZQ==",
          "=====================aaa",
          " dGhlIHNhbXBsZSBub25jZQ== ",
          "1234567890123456789012=="
        }) {
      heads.put("4.2.1-key '%s'".formatted(key), LINE + "Sec-WebSocket-Key: " + key + "\n" + rest);
    }
  }

  private static void versions(Map<String, String> heads) {
    String rest = HOST + UPGRADE + CONNECTION + KEY;
    heads.put("4.2.1-no-version", LINE + rest);
    heads.put("4.2.1-two-versions", LINE + VERSION + VERSION + rest);
    for (String version : new String[] {"", "0", "8", "12", "14", "013", "13, 8", "8, 13", "+13"}) {
      heads.put(
          "4.4-version '%s'".formatted(version),
          LINE + "Sec-WebSocket-Version: " + version + "\n" + rest);
    }
  }

  private static void offers(Map<String, String> heads) {
    for (String offer :
        new String[] {
          "pushgate.v1",
          "chat, pushgate.v1",
          "bearer.abc, pushgate.v1",
          "PUSHGATE.V1",
          "chat, superchat",
          "chat",
          ""
        }) {
      heads.put(
          "4.2.2-protocol '%s'".formatted(offer),
          LINE + REST + "Sec-WebSocket-Protocol: " + offer + "\n");
    }
    for (String offer :
        new String[] {"permessage-deflate; client_max_window_bits", "x-webkit-deflate-frame", ""}) {
      heads.put(
          "9.1-extension '%s'".formatted(offer),
          LINE + REST + "Sec-WebSocket-Extensions: " + offer + "\n");
    }
  }

  private static void bodies(Map<String, String> heads) {
    heads.put("4.1-length-0", LINE + REST + "Content-Length: 0\n");
    heads.put("4.1-length-4", LINE + REST + "Content-Length: 4\n");
    heads.put("4.1-chunked", LINE + REST + "Transfer-Encoding: chunked\n");
    heads.put("4.1-folded-header", LINE + REST + "X: a\n b\n");
    heads.put("4.1-space-before-colon", LINE + REST + "X : a\n");
  }
}
