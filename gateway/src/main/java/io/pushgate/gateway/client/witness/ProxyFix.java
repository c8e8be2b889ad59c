package io.pushgate.gateway.client.witness;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.pushgate.gateway.config.Origin;
import io.pushgate.gateway.http.HostHeader;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Recognises a handshake from which a proxy dropped something, and names the nginx lines that are
 * missing. The key arrives even where the rest is lost, and no page can send one by itself, so it
 * tells a maimed handshake from a plain request. Any thread.
 */
public final class ProxyFix {
  /** Written by the gateway's own nginx configuration: what that nginx itself received. */
  private static final String SEEN_BY_NGINX = "x-pushgate-seen";

  private static final String NOTHING_TO_PASS_ON = "upgrade=;";

  private ProxyFix() {}

  /** The missing lines, one below the other; empty where nothing points at a proxy. */
  public static Optional<String> of(HttpRequest request) {
    HttpHeaders headers = request.headers();
    if (!headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)) {
      return dropsHeaders(headers)
          ? Optional.of("proxy_pass_request_headers on;")
          : Optional.empty();
    }
    if (headers.get(SEEN_BY_NGINX, "").contains(NOTHING_TO_PASS_ON)) {
      return Optional.of(
          "a proxy in front of this nginx drops Upgrade: let that one pass WebSockets on");
    }
    StringJoiner lines = new StringJoiner("\n");
    if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      lines.add("proxy_http_version 1.1;");
    }
    if (!headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
      lines.add("proxy_set_header Upgrade $http_upgrade;");
    }
    if (!headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
      lines.add("proxy_set_header Connection \"upgrade\";");
    }
    if (hostIsTheUpstreams(headers)) {
      lines.add("proxy_set_header Host $http_host;");
    }
    return lines.length() == 0 ? Optional.empty() : Optional.of(lines.toString());
  }

  /** An upgrade without a key, and without all that every client sends. */
  private static boolean dropsHeaders(HttpHeaders headers) {
    return headers.contains(HttpHeaderNames.UPGRADE)
        && !headers.contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION)
        && !headers.contains(HttpHeaderNames.USER_AGENT)
        && !headers.contains(HttpHeaderNames.ACCEPT);
  }

  /**
   * Without its Host line nginx sends the upstream's address or name. A page of another host may
   * mean a foreign page as well, so a name counts only where it is none that a browser could have
   * asked for.
   */
  private static boolean hostIsTheUpstreams(HttpHeaders headers) {
    Optional<HostHeader> host = HostHeader.parse(headers.get(HttpHeaderNames.HOST, ""));
    Optional<Origin> page = Origin.parse(headers.get(HttpHeaderNames.ORIGIN, ""));
    if (host.isEmpty() || page.isEmpty() || page.get().host().equals(host.get().host())) {
      return false;
    }
    boolean pageIsLocal =
        HostHeader.parse(page.get().host()).map(HostHeader::isLocalhostOrLiteral).orElse(true);
    boolean singleWord = host.get().host().indexOf('.') < 0;
    return !pageIsLocal && (host.get().isLocalhostOrLiteral() || singleWord);
  }
}
