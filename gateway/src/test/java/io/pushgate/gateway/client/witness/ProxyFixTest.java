package io.pushgate.gateway.client.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Handshakes as nginx passes them on where a line of its configuration is missing. */
class ProxyFixTest {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  @Test
  void namesAllLinesWhereAnOldNginxHasNoLocationOfItsOwn() {
    HttpRequest request = handshake(HttpVersion.HTTP_1_0);
    request.headers().set("Connection", "close").set("Host", "127.0.0.1:8000");
    assertThat(fix(request))
        .contains(
            """
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            proxy_set_header Host $http_host;""");
  }

  @Test
  void namesTheSameWhereANewNginxSendsNoConnectionAtAll() {
    HttpRequest request = handshake(HttpVersion.HTTP_1_1);
    request.headers().set("Host", "pushgate");
    assertThat(fix(request))
        .contains(
            """
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            proxy_set_header Host $http_host;""");
  }

  @Test
  void namesTheOneLineThatIsMissing() {
    HttpRequest request = handshake(HttpVersion.HTTP_1_1);
    request.headers().set("Connection", "upgrade").set("Host", "site.example");
    assertThat(fix(request)).contains("proxy_set_header Upgrade $http_upgrade;");

    request.headers().set("Connection", "close").set("Upgrade", "websocket");
    assertThat(fix(request)).contains("proxy_set_header Connection \"upgrade\";");

    request.headers().set("Connection", "Upgrade").set("Host", "127.0.0.1:8000");
    assertThat(fix(request)).contains("proxy_set_header Host $http_host;");

    request.headers().set("Host", "site.example");
    request.setProtocolVersion(HttpVersion.HTTP_1_0);
    assertThat(fix(request)).contains("proxy_http_version 1.1;");
  }

  @Test
  void pointsAtTheProxyInFrontWhereOurNginxSawNoUpgradeEither() {
    HttpRequest request = handshake(HttpVersion.HTTP_1_1);
    request.headers().set("Connection", "close");
    request.headers().set("X-Pushgate-Seen", "proto=HTTP/1.1; upgrade=; connection=close; peer=9");
    assertThat(fix(request).orElseThrow()).contains("in front of this nginx");
  }

  @Test
  void namesTheLineThatKeepsAllHeadersBack() {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    request.headers().set("Upgrade", "websocket").set("Connection", "upgrade").set("Host", "x");
    assertThat(fix(request)).contains("proxy_pass_request_headers on;");
    request.headers().set("User-Agent", "a browser");
    assertThat(fix(request)).isEmpty();
  }

  @Test
  void findsNothingInAWholeHandshakeNorInAPlainRequest() {
    HttpRequest request = handshake(HttpVersion.HTTP_1_1);
    request.headers().set("Upgrade", "websocket").set("Connection", "keep-alive, Upgrade");
    request.headers().set("Host", "site.example");
    assertThat(fix(request)).isEmpty();

    HttpRequest plain = new DefaultHttpRequest(HttpVersion.HTTP_1_0, HttpMethod.GET, "/");
    plain.headers().set("Host", "127.0.0.1:8000").set("Connection", "close");
    assertThat(fix(plain)).isEmpty();
  }

  @Test
  void takesAForeignPageForNoFaultOfAProxy() {
    HttpRequest request = handshake(HttpVersion.HTTP_1_1);
    request.headers().set("Upgrade", "websocket").set("Connection", "Upgrade");
    request.headers().set("Host", "other.example");
    assertThat(fix(request)).isEmpty();
    request.headers().set("Host", "127.0.0.1:8000").set("Origin", "http://localhost:5173");
    assertThat(fix(request)).isEmpty();
  }

  private static Optional<String> fix(HttpRequest request) {
    InetSocketAddress local = new InetSocketAddress(NetUtil.LOCALHOST4, 8000);
    return ProxyFix.of(new Evidence(request, "/api/v1/notifications/ws/alice", local, true));
  }

  private static HttpRequest handshake(HttpVersion version) {
    HttpRequest request = new DefaultHttpRequest(version, HttpMethod.GET, "/");
    request.headers().set("Sec-WebSocket-Key", KEY).set("Sec-WebSocket-Version", "13");
    request.headers().set("Origin", "https://site.example");
    return request;
  }
}
