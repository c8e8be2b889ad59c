package io.pushgate.gateway.doctor.probe;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One request as it is sent: always HTTP/1.1, with the headers in this order and spelling.
 * Immutable.
 *
 * @param token sent as browsers can, in the subprotocol; never shown
 */
public record Ask(
    SiteUrl site, String target, Map<String, String> headers, Optional<String> token) {
  private static final SecureRandom RANDOM = new SecureRandom();
  static final String PROBE = "X-Pushgate-Probe";

  /** Sites turn away who does not call himself by the name that all browsers bear. */
  private static final String USER_AGENT = "Mozilla/5.0 (compatible; pushgate-doctor)";

  static final String PROTOCOL = "pushgate.v1";

  public Ask {
    headers = new LinkedHashMap<>(headers);
  }

  /** A plain request. */
  public static Ask get(SiteUrl site, String target) {
    return new Ask(site, target, base(site), Optional.empty());
  }

  /** The opening handshake of a WebSocket (RFC 6455, section 4.1), as a browser sends it. */
  public static Ask handshake(SiteUrl site, String target, Optional<String> origin) {
    byte[] key = new byte[16];
    RANDOM.nextBytes(key);
    Map<String, String> headers = base(site);
    headers.put("Connection", "Upgrade");
    headers.put("Upgrade", "websocket");
    origin.ifPresent(page -> headers.put("Origin", page));
    headers.put("Sec-WebSocket-Version", "13");
    headers.put("Sec-WebSocket-Key", Base64.getEncoder().encodeToString(key));
    headers.put("Sec-WebSocket-Protocol", PROTOCOL);
    return new Ask(site, target, headers, Optional.empty());
  }

  private static Map<String, String> base(SiteUrl site) {
    byte[] nonce = new byte[16];
    RANDOM.nextBytes(nonce);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", site.authority());
    headers.put("User-Agent", USER_AGENT);
    headers.put("Accept", "*/*");
    headers.put(PROBE, HexFormat.of().formatHex(nonce));
    return headers;
  }

  /** The same with one header more, or another value of it. */
  public Ask with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Ask(site, target, more, token);
  }

  /** The same with a token, which goes to this site alone. */
  public Ask withToken(Optional<String> secret) {
    return new Ask(site, target, headers, secret);
  }

  public boolean isHandshake() {
    return headers.containsKey("Upgrade");
  }

  /** Thirty-two hex digits by which the gateway knows this request again. */
  public String nonce() {
    return headers.getOrDefault(PROBE, "");
  }

  /** How many bytes it has on the wire. */
  public int length() {
    return bytes().length;
  }

  byte[] bytes() {
    StringBuilder head = new StringBuilder("GET ").append(target).append(" HTTP/1.1\r\n");
    headers.forEach(
        (name, value) -> {
          head.append(name).append(": ").append(value);
          if (name.equals("Sec-WebSocket-Protocol")) {
            token.ifPresent(secret -> head.append(", bearer.").append(secret));
          }
          head.append("\r\n");
        });
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Without the token, which is nobody's business. */
  @Override
  public String toString() {
    return "GET " + target + " on " + site;
  }
}
