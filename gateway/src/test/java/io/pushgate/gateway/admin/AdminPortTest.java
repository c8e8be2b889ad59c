package io.pushgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pushgate.gateway.broker.Start;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.session.Ending;
import io.pushgate.gateway.session.Lease;
import io.pushgate.gateway.session.SessionRequest;
import io.pushgate.gateway.session.SessionView;
import io.pushgate.gateway.testing.PartialRouter;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminPortTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicReference<Health.State> health = new AtomicReference<>(Health.State.READY);
  private final Metrics metrics = new Metrics();
  private final AdminServer server =
      new AdminServer(
          metrics,
          new Health() {
            @Override
            public State state() {
              return health.get();
            }

            @Override
            public String trouble() {
              return "the disk is full";
            }
          },
          new TwoSessions(),
          AdminPortTest::refusals,
          new PartialRouter() {});

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void metricsAreInPrometheusTextFormat() throws Exception {
    metrics.limitHit("some-limit");
    String answer = get("/metrics");
    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("content-type: text/plain; version=0.0.4; charset=utf-8")
        .contains("pushgate_limit_hits_total{limit=\"some-limit\"} 1.0")
        .contains("pushgate_connections{port=\"admin\"} 1.0");
  }

  @ParameterizedTest
  @CsvSource({
    "STARTING, 503, unavailable",
    "READY, 200, ready",
    "DRAINING, 503, draining",
    "UNAVAILABLE, 503, the journals take nothing: the disk is full"
  })
  void readinessFollowsTheGatewayAndLivenessDoesNot(Health.State state, int status, String saying)
      throws Exception {
    health.set(state);
    assertThat(get("/readyz")).startsWith("HTTP/1.1 " + status).contains(saying);
    assertThat(get("/livez")).startsWith("HTTP/1.1 200").endsWith("alive\n");
  }

  @Test
  void aUsersSessionsAreToldInTheContractsWords() throws Exception {
    assertThat(json(get("/api/users/a%2Bb%40example.com")))
        .isEqualTo(
            JSON.readTree(
                """
                {"user":"a+b@example.com","sessions":[{"session":"s1","transport":"websocket",
                "address":"127.0.0.1","connectedMs":100,"cursor":"u1,e1","behind":0,
                "queuedBytes":0}]}"""));
    assertThat(json(get("/api/users/nobody")))
        .isEqualTo(JSON.readTree("{\"user\":\"nobody\",\"sessions\":[]}"));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/users/",
    "/api/users/%zz",
    "/api/users/%C3%28",
    "/api/users/me",
    "/api/users/*"
  })
  void whatIsNoUserIsTold(String path) throws Exception {
    assertThat(get(path)).startsWith("HTTP/1.1 400").contains("\"code\":\"bad_user\"");
  }

  @Test
  void theSlowestSessionsComeFirst() throws Exception {
    assertThat(json(get("/api/sessions")).findValuesAsText("session")).containsExactly("s2", "s1");
    assertThat(json(get("/api/sessions?behind=1&limit=50")).findValuesAsText("user"))
        .containsExactly("b");
    assertThat(json(get("/api/sessions?limit=1")).findValuesAsText("session"))
        .containsExactly("s2");
    assertThat(json(get("/api/sessions")).findValuesAsText("why"))
        .containsExactly("its window is full");
  }

  @ParameterizedTest
  @CsvSource({"limit=1001", "limit=-1", "limit=x", "behind=2", "behind=1&behind=0", "limit=%zz"})
  void aQueryThatIsNoneIsTold(String query) throws Exception {
    assertThat(get("/api/sessions?" + query))
        .startsWith("HTTP/1.1 400")
        .contains("\"code\":\"bad_request\"");
  }

  @Test
  void theLatestRefusalsAreToldWithTheirFix() throws Exception {
    assertThat(json(get("/api/refusals")))
        .isEqualTo(
            JSON.readTree(
                """
                {"refusals":[{"status":426,"code":"upgrade_required",
                "cause":"http_version","detail":"no Upgrade","fix":"proxy_http_version 1.1;","path":"/p","peer":"127.0.0.1","client":"10.0.0.1",
                "firstTs":1,"lastTs":2,"count":3}]}"""));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, 404, not_found",
    "GET, /livez/, 404, not_found",
    "GET, /api/users/a/b, 404, not_found",
    "GET, /api/../livez, 404, not_found",
    "POST, /livez, 405, method_not_allowed",
    "PUT, /api/users/a, 405, method_not_allowed",
  })
  void otherPathsAndMethodsAreRefused(String method, String path, int status, String code)
      throws Exception {
    assertThat(talk(request(method + " " + path, "Host: localhost", "Connection: close")))
        .startsWith("HTTP/1.1 " + status)
        .contains("\"code\":\"" + code + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Host: evil.example | forbidden_host",
        "Host: localhost~Origin: http://evil.example | forbidden_origin",
        "Host: localhost~Sec-Fetch-Site: cross-site | forbidden_origin",
      })
  void noWebPageReachesThePort(String headers, String code) throws Exception {
    assertThat(talk(request("GET /metrics", headers.replace("~", "\r\n"), "Connection: close")))
        .startsWith("HTTP/1.1 403")
        .contains("\"code\":\"" + code + "\"")
        .doesNotContain("jvm_");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense~~ | 400 | bad_request",
        "GET /livez HTTP/1.1~~ | 400 | bad_request",
        "GET /livez HTTP/1.1~Host: localhost~Content-Length: 2~~hi | 413 | too_large",
        "GET /livez HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~2~hi~0~~"
            + " | 413 | too_large",
      })
  void afterAFaultNothingMoreIsRead(String request, int status, String code) throws Exception {
    String answers =
        talk(request.replace("~", "\r\n") + "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(answers)
        .startsWith("HTTP/1.1 " + status)
        .contains("\"code\":\"" + code + "\"")
        .doesNotContain("alive");
  }

  @Test
  void aRequestLineAndHeadersAreBounded() throws Exception {
    assertThat(get("/" + "x".repeat(AdminLimits.MAX_LINE)))
        .startsWith("HTTP/1.1 414")
        .contains("\"code\":\"uri_too_long\"");
    assertThat(talk("GET / HTTP/1.1\r\nX: " + "x".repeat(AdminLimits.MAX_HEADERS) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431")
        .contains("\"code\":\"headers_too_large\"");
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrderOnOneConnection() throws Exception {
    String answers =
        talk(
            request("GET /metrics", "Host: localhost")
                + request("HEAD /livez", "Host: localhost")
                + request("GET /readyz", "Host: localhost", "Connection: close"));
    assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(4);
    assertThat(answers.indexOf("jvm_")).isLessThan(answers.indexOf("content-length: 6"));
    assertThat(answers).endsWith("ready\n").doesNotContain("alive");
  }

  private String get(String path) throws IOException {
    return server.get(path);
  }

  private String talk(String request) throws IOException {
    return server.talk(request);
  }

  private static String request(String line, String... headers) {
    return AdminServer.request(line, headers);
  }

  private static JsonNode json(String answer) throws IOException {
    assertThat(answer).startsWith("HTTP/1.1 200").contains("content-type: application/json");
    return JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n")));
  }

  private static List<Refusals.Series> refusals() {
    return List.of(
        new Refusals.Series(
            426,
            "upgrade_required",
            "http_version",
            "no Upgrade",
            "proxy_http_version 1.1;",
            "/p",
            "127.0.0.1",
            "10.0.0.1",
            1,
            2,
            3));
  }

  /** Two users with a session each, of which the second is behind. */
  private static final class TwoSessions implements Sessions {
    private final SessionView first =
        view("s1", "a+b@example.com", SessionRequest.Format.WEBSOCKET, 0);
    private final SessionView second = view("s2", "b", SessionRequest.Format.SSE, 1);

    @Override
    public CompletionStage<List<SessionView>> of(UserId user) {
      return CompletableFuture.completedFuture(
          List.of(first, second).stream()
              .filter(view -> view.request().user().equals(user))
              .toList());
    }

    @Override
    public CompletionStage<List<SessionView>> all() {
      return CompletableFuture.completedFuture(List.of(first, second));
    }

    private static SessionView view(
        String session, String user, SessionRequest.Format format, int behind) {
      SessionRequest request =
          new SessionRequest(
              UserId.of(user),
              Start.ACKNOWLEDGED,
              0,
              format,
              InetAddress.getLoopbackAddress(),
              Ending.UNHEARD,
              Lease.ENDLESS);
      Position cursor = new Position(Cursor.of("u1"), Cursor.of("e1"));
      return new SessionView(
          session, request, 100, cursor, behind, 0, behind > 0 ? "its window is full" : "");
    }
  }
}
