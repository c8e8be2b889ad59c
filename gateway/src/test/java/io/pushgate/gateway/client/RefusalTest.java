package io.pushgate.gateway.client;

import static io.pushgate.gateway.client.Refused.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pushgate.gateway.client.RawClient.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the contract's table, and what each means for the connection. */
class RefusalTest {
  private static final String WS = "/api/v1/notifications/ws/";
  private static final String ALICE = WS + "alice@example.com";
  private static final String ACK = "/api/v1/notifications/ack/alice@example.com";
  private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n";
  private static final String UPGRADE = "Upgrade: websocket\nConnection: Upgrade\n";

  private PublicServer server;

  @BeforeEach
  void start() {
    server = new PublicServer("handshake-timeout=60s", "max-connections=1000");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyRefusalIsAProblemThatNothingKeeps() throws IOException {
    Answer answer = refusal(get("/nothing", ""), false);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.header("x-pushgate-gateway")).isEqualTo(PublicServer.NODE);
    JsonNode problem = answer.json();
    assertThat(problem.path("status").asInt()).isEqualTo(404);
    assertThat(problem.path("code").asText()).isEqualTo("not_found");
    assertThat(problem.path("detail").asText()).contains("/nothing");
  }

  @Test
  void tellsWhatArrivedEachValueCutAt200Bytes() throws IOException {
    String headers =
        "Upgrade: h2c\nConnection: keep-alive, Upgrade\nX-Forwarded-For: 127.0.0.1\n"
            + "X-Forwarded-Proto: %s\n".formatted("p".repeat(300));
    JsonNode hop = refusal(get(ALICE, headers), true).json().path("hop");
    assertThat(hop.path("version").asText()).isEqualTo("HTTP/1.1");
    assertThat(hop.path("upgrade").asText()).isEqualTo("h2c");
    assertThat(hop.path("connection").asText()).isEqualTo("keep-alive, Upgrade");
    assertThat(hop.path("host").asText()).isEqualTo("localhost");
    assertThat(hop.path("x-forwarded-for").asText()).isEqualTo("127.0.0.1");
    assertThat(hop.path("x-forwarded-proto").asText()).isEqualTo("p".repeat(200));
  }

  @Test
  void refusesALongLineWith414AndLargeHeadersWith431AndCloses() throws IOException {
    assertThat(refusal("GET /" + "a".repeat(16 << 10), true).code()).isEqualTo("uri_too_long");
    String large = "Cookie: " + "a".repeat(32 << 10) + "\n";
    Answer answer = refusal(get(ALICE, large), true);
    assertThat(answer.status()).isEqualTo(431);
    assertThat(answer.code()).isEqualTo("headers_too_large");
    assertThat(refusal(get(ALICE, "Cookie: " + "a".repeat(31 << 10) + "\n"), false).status())
        .as("headers that are just not too large")
        .isEqualTo(426);
  }

  @Test
  void readsWhatStillComesSoThatTheRefusalArrives() throws IOException {
    try (RawClient client = server.connect()) {
      client.send("GET /" + "a".repeat(2 << 20));
      assertThat(client.answer().status()).isEqualTo(414);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 1025\n\n",
        "Transfer-Encoding: chunked\n\n401\n",
      })
  void refusesABodyOfMoreThanAKibibyteAndCloses(String framing) throws IOException {
    String body = "x".repeat(1025);
    Answer answer = refusal("POST " + ACK + " HTTP/1.1\nHost: localhost\n" + framing + body, true);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.code()).isEqualTo("too_large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api HTTP/1.1\n\n",
        "GET /api HTTP/1.0\n\n",
        "GET /api HTTP/1.1\nHost: a\nHost: a\n\n",
        "GET /api HTTP/1.1\nHost:\n\n",
        "GET /api HTTP/1.1\nHost: a b\n\n",
        "GET /api HTTP/1.1\nHost: a/b\n\n",
        "GET api HTTP/1.1\nHost: a\n\n",
        "GET http://b/api HTTP/1.1\nHost: a\n\n",
        "GET /api HTTP/1.1\nHost : a\n\n",
        "POST /api HTTP/1.1\nHost: a\nContent-Length: 1\nContent-Length: 2\n\n",
        "GET /api HTTP/1.1\nHost: a\nUpgrade: websocket\nContent-Length: 2\n\n",
        "GET /api HTTP/1.1\nHost: a\nUpgrade: websocket\nTransfer-Encoding: chunked\n\n",
      })
  void refusesMalformedHttpAndReadsNothingBehindIt(String request) throws IOException {
    Answer answer = refusal(request + get("/behind", ""), true);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("bad_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "window=0",
        "window=1025",
        "window=",
        "window=-1",
        "window=1.0",
        "window=x",
        "window=%31x",
        "cid=",
        "cid=a.b",
        "cid=a%20b",
        "cid=a%zz",
      })
  void refusesAWindowOrCidThatIsNone(String query) throws IOException {
    assertThat(refusal(get(ALICE + "?" + query, ""), false).code()).isEqualTo("bad_request");
    assertThat(refusal(get(ALICE + "?cid=" + "a".repeat(65), ""), false).code())
        .isEqualTo("bad_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/notifications/ws",
        "/api/v1/notifications/ws/",
        "/api/v1/notifications/ws/alice/",
        "/api/v1/notifications/ws/a/b",
        "/api/v1/notifications/ws//alice",
        "/api/v1/notifications//ws/alice",
        "/api/v1/notifications/ws/..",
        "/api/v1/notifications/ws/.",
        "/x/../api/v1/notifications/ws/alice",
        "/api/v1/notifications/wsfoo",
        "/api/v1/notifications/WS/alice",
        "/api/v1/notifications/probe/00000000000000000000000000000000",
        "//",
        "/..",
        "/web/index.html",
        "/index.html/",
        "/%69ndex.html",
      })
  void refusesOtherPathsWith404(String path) throws IOException {
    Answer answer = refusal(get(path, ""), false);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo("not_found");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/notifications/ws/alice, 'GET, OPTIONS'",
    "PUT, /api/v1/notifications/sse/alice, 'GET, OPTIONS'",
    "GET, /api/v1/notifications/ack/alice, 'OPTIONS, POST'",
    "DELETE, /, 'GET, HEAD'",
    "get, /, 'GET, HEAD'",
  })
  void refusesOtherMethodsWith405(String method, String path, String allowed) throws IOException {
    Answer answer = refusal(method + " " + path + " HTTP/1.1\nHost: localhost\n\n", false);
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.code()).isEqualTo("method_not_allowed");
    assertThat(answer.header("allow")).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "%2A",
        "%",
        "%4",
        "%4g",
        "%zz",
        "a%00b",
        "a%0Ab",
        "%7F",
        "%C2%85",
        "%C3",
        "%FF",
        "%C0%AF",
        "%ED%A0%80",
        "%F5%80%80%80",
      })
  void refusesANameThatIsNoUsers(String name) throws IOException {
    Answer answer = refusal(get(WS + name, ""), false);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("bad_user");
    assertThat(refusal(get(WS + "a".repeat(255), ""), false).code()).isEqualTo("bad_user");
  }

  @Test
  void refusesMeSinceThereAreNoTokens() throws IOException {
    for (String me : new String[] {"me", "%6De"}) {
      Answer answer = refusal(get(WS + me, ""), false);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.code()).isEqualTo("unauthorized");
      assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
    }
  }

  @Test
  void checksInTheOrderOfTheContract() throws IOException {
    // Everything is wrong here; each line mends what was told first.
    String foreign = "Origin: http://evil.example\n";
    assertThat(refusal(get(WS + "%zz?window=0", foreign), false).code()).isEqualTo("bad_request");
    assertThat(refusal(get(WS + "%zz/", foreign), false).code()).isEqualTo("not_found");
    assertThat(refusal(get(WS + "%zz", foreign), false).code()).isEqualTo("bad_user");
    assertThat(refusal(get(WS + "me", foreign), false).code()).isEqualTo("forbidden_origin");
    assertThat(refusal(get(WS + "me", UPGRADE), true).code()).isEqualTo("unauthorized");
    assertThat(refusal(get(ALICE, UPGRADE), true).code()).isEqualTo("bad_handshake");
    assertThat(refusal(get(ALICE, UPGRADE + KEY), true).code()).isEqualTo("websocket_version");
    assertThat(refusal(get(ALICE, ""), false).code()).isEqualTo("upgrade_required");
  }

  @Test
  void countsAndListsWhatItRefused() throws IOException {
    refusal(get(ALICE, ""), false);
    assertThat(server.metrics.scrape())
        .contains("pushgate_handshakes_total{outcome=\"upgrade_required\"} 1");
    assertThat(server.port.refusedLately()).hasSize(1);
    assertThat(server.port.refusedLately().get(0).newest().path()).isEqualTo(ALICE);
  }

  private Answer refusal(String request, boolean closes) throws IOException {
    return Refused.send(server, request, closes);
  }
}
