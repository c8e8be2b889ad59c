package io.pushgate.gateway.admin;

import static io.pushgate.gateway.admin.AdminServer.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.pushgate.gateway.config.AdminConfig;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.testing.PartialRouter;
import io.pushgate.gateway.testing.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the admin port's secret opens and keeps shut. */
class AdminSecretTest {
  private static final String SECRET = "opens the admin port";

  @TempDir Path folder;
  private final Metrics metrics = new Metrics();
  private final TestClock clock = new TestClock();
  private AdminConfig config;
  private AdminServer server;

  @BeforeEach
  void start() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    config = GatewayConfig.of("admin-secret-file=" + file).admin();
    server =
        new AdminServer(
            config,
            metrics,
            () -> Health.State.READY,
            new NoSessions(),
            List::of,
            new PartialRouter() {});
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/livez", "/readyz"})
  void whoWatchesTheProcessNeedsNone(String path) throws IOException {
    assertThat(server.get(path)).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /metrics",
        "GET /api/sessions",
        "GET /api/refusals",
        "GET /api/users/a",
        "GET /api/notifications/x",
        "POST /api/users/a/disconnect",
        "DELETE /api/users/a",
        "POST /api/backup"
      })
  void allElseNeedsIt(String line) throws IOException {
    assertThat(server.talk(request(line, "Host: 127.0.0.1", "Connection: close")))
        .startsWith("HTTP/1.1 401 ")
        .containsIgnoringCase("www-authenticate: Bearer")
        .contains("\"code\":\"unauthorized\"");
  }

  @Test
  void whoKnowsItIsLetInByAnyNameOfThePort() throws IOException {
    assertThat(
            server.talk(
                request(
                    "GET /api/refusals",
                    "Host: admin.example.com",
                    "Authorization: Bearer " + SECRET,
                    "Connection: close")))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aPageIsKeptOutEvenIfItKnowsTheSecret() throws IOException {
    assertThat(
            server.talk(
                request(
                    "GET /api/refusals",
                    "Host: 127.0.0.1",
                    "Origin: https://evil.example",
                    "Authorization: Bearer " + SECRET,
                    "Connection: close")))
        .startsWith("HTTP/1.1 403 ");
  }

  @Test
  void tenWrongOnesOfAnAddressAreEnoughForAMinute() throws Exception {
    AdminAccess access = new AdminAccess(config, metrics, clock::steadyNanos);
    InetAddress guesser = InetAddress.getByName("192.0.2.1");
    InetAddress other = InetAddress.getByName("192.0.2.2");

    for (int i = 0; i < 10; i++) {
      assertThat(code(access, "guess " + i, guesser)).isEqualTo(ProblemCode.UNAUTHORIZED);
    }

    assertThat(code(access, SECRET, guesser)).isEqualTo(ProblemCode.RATE_LIMITED);
    assertThat(access.objection(asking(SECRET), AdminPath.Place.METRICS, other)).isEmpty();

    clock.advance(Duration.ofMinutes(1));
    assertThat(access.objection(asking(SECRET), AdminPath.Place.METRICS, guesser)).isEmpty();
  }

  private static ProblemCode code(AdminAccess access, String secret, InetAddress peer) {
    return access.objection(asking(secret), AdminPath.Place.METRICS, peer).orElseThrow().code();
  }

  private static HttpRequest asking(String secret) {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/metrics");
    request.headers().set("Host", "127.0.0.1").set("Authorization", "Bearer " + secret);
    return request;
  }
}
