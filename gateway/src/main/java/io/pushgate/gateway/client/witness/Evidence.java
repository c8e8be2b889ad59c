package io.pushgate.gateway.client.witness;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.pushgate.gateway.config.Origin;
import io.pushgate.gateway.http.Forwarded;
import io.pushgate.gateway.http.HostHeader;
import io.pushgate.gateway.nginx.Lines;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * What arrived of one request and by which socket, and what that tells of the proxies before it.
 * Immutable, as its parts are not changed.
 *
 * <p>The key arrives even where the rest of a handshake is lost, and no page can send one by
 * itself, so it tells a maimed handshake from a plain request.
 *
 * @param path as it arrived, without the query
 * @param local the gateway's own end of the socket: what a proxy calls its upstream
 * @param trustedPeer whether the other end is a proxy whose word counts
 */
public record Evidence(
    HttpRequest head, String path, InetSocketAddress local, boolean trustedPeer) {
  private static final int HTTP_PORT = 80;

  /** Written by the gateway's own nginx configuration: what that nginx itself received. */
  static final String SEEN_BY_NGINX = "x-pushgate-seen";

  private static final String NOTHING_TO_PASS_ON = "upgrade=;";

  /** Clients write none of these. */
  private static final List<String> WRITTEN_BY_PROXIES =
      List.of(
          Forwarded.FOR,
          Forwarded.HOST,
          Forwarded.PROTO,
          "x-real-ip",
          "forwarded",
          "via",
          SEEN_BY_NGINX);

  private HttpHeaders headers() {
    return head.headers();
  }

  boolean hasKey() {
    return headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
  }

  boolean hasVersion() {
    return headers().contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION);
  }

  /** Whether there is an Upgrade, to whatever. */
  boolean hasAnyUpgrade() {
    return headers().contains(HttpHeaderNames.UPGRADE);
  }

  boolean hasUpgrade() {
    return headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  boolean hasConnection() {
    return headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
  }

  boolean isHttp11() {
    return head.protocolVersion().equals(HttpVersion.HTTP_1_1);
  }

  /** An upgrade without all that every client sends. */
  boolean isUpgradeAlone() {
    return hasAnyUpgrade()
        && !hasKey()
        && !hasVersion()
        && !headers().contains(HttpHeaderNames.USER_AGENT)
        && !headers().contains(HttpHeaderNames.ACCEPT);
  }

  /** Whether our nginx was not sent an Upgrade either. */
  boolean wasMaimedBeforeNginx() {
    return headers().get(SEEN_BY_NGINX, "").contains(NOTHING_TO_PASS_ON);
  }

  /** Whether a trusted proxy forwarded this: clients of its own would name the gateway's port. */
  public boolean isProxied() {
    return trustedPeer && (hasWordsOfProxy() || !namesOwnPort());
  }

  /** Whether everybody behind the proxy counts as the proxy itself. */
  boolean lacksClientAddress() {
    return isProxied() && headers().get(Forwarded.FOR, "").isBlank();
  }

  /**
   * Whether Host is what nginx sends without its Host line: the upstream's address or name. A page
   * of another host may mean a foreign page as well, so where it is not certain that a proxy was
   * there, a name counts only where it is none that the page's browser could have asked for.
   */
  boolean hostIsTheUpstreams() {
    Optional<HostHeader> host = host();
    if (host.isEmpty() || isPageOf(host.get())) {
      return false;
    }
    boolean literal = host.get().isLocalhostOrLiteral();
    boolean singleWord = !literal && host.get().host().indexOf('.') < 0;
    boolean maimed = hasKey() && !(hasUpgrade() && hasConnection() && isHttp11());
    boolean certain = maimed || (isProxied() && page().isPresent());
    return (certain && (singleWord || namesOwnPort()))
        || (pageIsElsewhere() && (singleWord || literal));
  }

  /**
   * Whether a handshake's path is that of a WebSocket, but for a prefix that is gone, one that was
   * added, doubled slashes or a segment that was cut in two.
   */
  boolean pathIsRewritten() {
    return hasKey() && (path.contains("//") || path.indexOf(Lines.PATH) > 0 || isCutOrTorn());
  }

  private boolean isCutOrTorn() {
    String withoutSlash = Lines.PATH.substring(0, Lines.PATH.length() - 1);
    if (path.startsWith(withoutSlash)) {
      String rest = path.substring(withoutSlash.length());
      return !rest.isEmpty() && !(rest.startsWith("/") && rest.indexOf('/', 1) < 0);
    }
    for (int cut = Lines.PATH.indexOf('/', 1); cut > 0; cut = Lines.PATH.indexOf('/', cut + 1)) {
      String tail = Lines.PATH.substring(cut);
      String rest = path.startsWith(tail) ? path.substring(tail.length()) : "";
      if (!rest.isEmpty() && rest.indexOf('/') < 0) {
        return true;
      }
    }
    return false;
  }

  private Optional<HostHeader> host() {
    return HostHeader.parse(headers().get(HttpHeaderNames.HOST, ""));
  }

  private Optional<Origin> page() {
    return Origin.parse(headers().get(HttpHeaderNames.ORIGIN, ""));
  }

  private boolean hasWordsOfProxy() {
    return WRITTEN_BY_PROXIES.stream().anyMatch(headers()::contains);
  }

  /** Where Host names no port, it is that of http. */
  private boolean namesOwnPort() {
    return host()
        .map(named -> named.port() < 0 ? HTTP_PORT : named.port())
        .filter(port -> port == local.getPort())
        .isPresent();
  }

  private boolean isPageOf(HostHeader host) {
    return page()
        .filter(page -> hostOf(page).equals(host.host()))
        .filter(page -> host.port() < 0 || host.port() == page.port())
        .isPresent();
  }

  /** Whether the page came by a name that leads to other machines than the browser's own. */
  private boolean pageIsElsewhere() {
    return page()
        .flatMap(page -> HostHeader.parse(page.host()))
        .filter(page -> !page.isLocalhostOrLiteral())
        .isPresent();
  }

  /** An origin writes an IPv6 address in brackets, a parsed Host without. */
  private static String hostOf(Origin page) {
    return page.host().replace("[", "").replace("]", "");
  }
}
