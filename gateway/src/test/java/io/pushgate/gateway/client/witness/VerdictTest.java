package io.pushgate.gateway.client.witness;

import static io.pushgate.gateway.client.witness.Cause.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.NetUtil;
import io.pushgate.gateway.http.ProblemCode;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is made of requests as broken proxies pass them on, an nginx before 1.29.7 (HTTP/1.0 and
 * Connection: close) and after (HTTP/1.1 and no Connection), and of clients' own faults.
 */
class VerdictTest {
  private static final String WS = "/api/v1/notifications/ws/";
  private static final InetSocketAddress GATEWAY = new InetSocketAddress(NetUtil.LOCALHOST4, 8000);
  private static final String UPGRADE = "Upgrade: websocket|Connection: upgrade|";
  private static final String KEY =
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13|";
  private static final String HERE = "Origin: https://site.example|Host: site.example|";

  @ParameterizedTest
  @CsvSource({
    "1.0, Connection: close|Host: 127.0.0.1:8000|Origin: https://site.example",
    "1.1, Host: 127.0.0.1:8000|Origin: https://site.example",
    "1.0, Connection: close|Host: pushgate|Origin: https://site.example",
    "1.1, Host: pushgate",
    "1.1, Host: gateway.internal:8000|Origin: https://site.example",
    "1.0, Connection: close|Host: localhost:8000|Origin: http://localhost:8080",
    "1.0, Connection: close|Host: 127.0.0.1:8000|Origin: http://127.0.0.1:8080",
    "1.1, Host: 127.0.0.1:8000",
  })
  void aGenericLocationSendsNoUpgradeAndItsUpstreamsName(String version, String headers) {
    HttpRequest request = request(version, KEY + headers);
    for (ProblemCode code :
        new ProblemCode[] {ProblemCode.UPGRADE_REQUIRED, ProblemCode.FORBIDDEN_ORIGIN}) {
      Verdict verdict = Verdict.refused(code, evidence(request));
      assertThat(verdict.cause()).isEqualTo(LOCATION_MISSING);
      assertThat(verdict.fix().orElseThrow().lines())
          .contains(
              "proxy_set_header Upgrade $http_upgrade;",
              "proxy_set_header Connection \"upgrade\";",
              "proxy_set_header Host $http_host;");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.1, Connection: upgrade, UPGRADE_DROPPED",
    "1.1, Connection: close, UPGRADE_DROPPED",
    "1.0, Connection: close, UPGRADE_DROPPED",
    "1.1, Upgrade: h2c|Connection: upgrade, UPGRADE_DROPPED",
    "1.1, Upgrade: websocket|Connection: close, CONNECTION_DROPPED",
    "1.1, Upgrade: websocket, CONNECTION_DROPPED",
    "1.0, Upgrade: websocket|Connection: close, CONNECTION_DROPPED",
    "1.0, Upgrade: websocket|Connection: upgrade, HTTP_VERSION",
  })
  void aLocationOfItsOwnLacksALine(String version, String headers, Cause cause) {
    assertThat(refused(ProblemCode.UPGRADE_REQUIRED, request(version, KEY + HERE + headers)))
        .isEqualTo(cause);
  }

  @Test
  void ourNginxWasSentNoUpgradeEither() {
    String seen = "X-Pushgate-Seen: proto=HTTP/1.1; upgrade=; connection=close; peer=10.0.0.1|";
    HttpRequest request = request("1.1", KEY + HERE + "Connection: close|" + seen);
    assertThat(refused(ProblemCode.UPGRADE_REQUIRED, request)).isEqualTo(OUTER_PROXY);
  }

  @ParameterizedTest
  @CsvSource({
    "Host: site.example, proxy_pass_request_headers on;",
    "Host: site.example|Accept: */*|Sec-WebSocket-Version: 13,"
        + " proxy_set_header Sec-WebSocket-Key $http_sec_websocket_key;",
    "Host: site.example|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==,"
        + " proxy_set_header Sec-WebSocket-Version $http_sec_websocket_version;",
  })
  void aProxyKeptHeadersBack(String headers, String fix) {
    Verdict verdict =
        Verdict.refused(
            ProblemCode.BAD_HANDSHAKE, evidence(request("1.1", UPGRADE + headers + "|")));
    assertThat(verdict.cause()).isEqualTo(HEADERS_DROPPED);
    assertThat(verdict.fix()).contains(fix);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/alice@example.com",
        "//alice@example.com",
        "/ws/alice",
        "/v1/notifications/ws/alice",
        "/notifications/ws/alice",
        "/app/api/v1/notifications/ws/alice",
        WS + "/alice",
        WS + "a/b@x",
        WS + "alice/",
        "/api/v1/notifications/wsalice",
        "/api/v1//notifications/ws/alice",
      })
  void aHandshakeOnAnotherPathPointsAtThePathOfProxyPass(String path) {
    Verdict verdict =
        Verdict.refused(
            ProblemCode.NOT_FOUND,
            new Evidence(request("1.1", UPGRADE + KEY + HERE), path, GATEWAY, true));
    assertThat(verdict.cause()).isEqualTo(PATH_REWRITTEN);
    assertThat(verdict.fix()).contains("proxy_pass http://127.0.0.1:8000;");

    Verdict plain =
        Verdict.refused(
            ProblemCode.NOT_FOUND, new Evidence(request("1.1", HERE), path, GATEWAY, true));
    assertThat(plain).isEqualTo(Verdict.of(WRONG_PATH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/notifications/ws", WS, "/api/v2/live/alice", "/a/b", "/"})
  void aHandshakeElsewhereIsItsClientsFault(String path) {
    Evidence seen = new Evidence(request("1.1", UPGRADE + KEY + HERE), path, GATEWAY, true);
    assertThat(Verdict.refused(ProblemCode.NOT_FOUND, seen)).isEqualTo(Verdict.of(WRONG_PATH));
  }

  @ParameterizedTest
  @CsvSource({
    "Origin: https://site.example|Host: 127.0.0.1:8000, HOST_REWRITTEN",
    "Origin: https://site.example|Host: pushgate, HOST_REWRITTEN",
    "Origin: http://localhost:8080|Host: localhost:8000|X-Forwarded-For: ::1, HOST_REWRITTEN",
    "Origin: http://localhost:5173|Host: localhost:8000, FOREIGN_ORIGIN",
    "Origin: https://evil.example|Host: site.example, FOREIGN_ORIGIN",
    "Origin: null|Host: site.example, FOREIGN_ORIGIN",
  })
  void aForeignPageIsToldFromALostHost(String headers, Cause cause) {
    HttpRequest request = request("1.1", UPGRADE + KEY + headers);
    assertThat(refused(ProblemCode.FORBIDDEN_ORIGIN, request)).isEqualTo(cause);
  }

  @Test
  void anUpgradeWithoutAKeyIsNoWebSocket() {
    String browser = HERE + "User-Agent: x|Accept: */*|";
    assertThat(refused(ProblemCode.UPGRADE_REQUIRED, request("1.1", browser + "Upgrade: h2c")))
        .isEqualTo(NOT_A_WEBSOCKET);
    assertThat(refused(ProblemCode.BAD_HANDSHAKE, request("1.1", browser + UPGRADE)))
        .isEqualTo(NOT_A_WEBSOCKET);
  }

  @Test
  void whatIsNoHandshakeIsNoProxysFault() {
    HttpRequest plain = request("1.0", "Connection: close|Host: 127.0.0.1:8000");
    assertThat(refused(ProblemCode.UPGRADE_REQUIRED, plain)).isEqualTo(PLAIN_REQUEST);
    assertThat(refused(ProblemCode.UNAUTHORIZED, plain)).isEqualTo(TOKEN);
    assertThat(refused(ProblemCode.FORBIDDEN_HOST, plain)).isEqualTo(FOREIGN_HOST);
  }

  @Test
  void aLimitIsALimitHoweverTheHandshakeArrived() {
    HttpRequest maimed = request("1.0", KEY + "Connection: close|Host: pushgate");
    assertThat(refused(ProblemCode.OVERLOADED, maimed)).isEqualTo(LIMIT);
    assertThat(refused(ProblemCode.DRAINING, maimed)).isEqualTo(DRAINING);
    assertThat(refused(ProblemCode.FORBIDDEN_ORIGIN, maimed)).isEqualTo(LOCATION_MISSING);
  }

  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void everyProblemHasACauseThatNeedsNoRequest(ProblemCode code) {
    assertThat(Verdict.unread(code).fix()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Host: site.example, true",
    "Host: 127.0.0.1:8080, true",
    "Host: 127.0.0.1:8000|X-Forwarded-Proto: https, true",
    "Host: 127.0.0.1:8000|X-Pushgate-Seen: proto=HTTP/1.1, true",
    "Host: 127.0.0.1:8000|Via: 1.1 cache, true",
    "Host: site.example|X-Forwarded-For:, true",
    "Host: site.example|X-Forwarded-For: 10.0.0.1, false",
    "Host: 127.0.0.1:8000, false",
    "Host: localhost:8000|Origin: http://localhost:5173, false",
  })
  void aTrustedProxyThatTellsNoAddressIsSuspect(String headers, boolean suspect) {
    HttpRequest request = request("1.1", UPGRADE + KEY + headers);
    assertThat(Verdict.accepted(evidence(request)).isPresent()).isEqualTo(suspect);
    assertThat(Verdict.accepted(new Evidence(request, WS + "alice", GATEWAY, false)))
        .as("of a peer that is no trusted proxy")
        .isEmpty();
  }

  @Test
  void namesAreSnakeCaseAndMeaningsOneSentence() {
    Pattern snake = Pattern.compile("[a-z]+(_[a-z]+)*");
    assertThat(Stream.of(Cause.values()))
        .allMatch(cause -> snake.matcher(cause.wire()).matches())
        .allMatch(cause -> cause.wire().equals(cause.name().toLowerCase(Locale.ROOT)))
        .noneMatch(cause -> cause.meaning().isBlank());
  }

  private static Cause refused(ProblemCode code, HttpRequest request) {
    return Verdict.refused(code, evidence(request)).cause();
  }

  private static Evidence evidence(HttpRequest request) {
    return new Evidence(request, WS + "alice@example.com", GATEWAY, true);
  }

  /** Headers are separated by bars. */
  private static HttpRequest request(String version, String headers) {
    HttpRequest request =
        new DefaultHttpRequest(HttpVersion.valueOf("HTTP/" + version), HttpMethod.GET, "/");
    for (String header : headers.split("\\|", -1)) {
      int colon = header.indexOf(':');
      if (colon < 0) {
        continue; // Behind a bar at the end.
      }
      request.headers().add(header.substring(0, colon), header.substring(colon + 1).strip());
    }
    return request;
  }
}
