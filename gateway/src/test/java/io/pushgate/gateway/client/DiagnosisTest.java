package io.pushgate.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pushgate.gateway.client.RawClient.Answer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a page and a doctor learn what became of a handshake. */
class DiagnosisTest {
  private static final String ALICE = "/api/v1/notifications/ws/alice";
  private static final String NONCE = "0123456789abcdef0123456789ABCDEF";

  private PublicServer server;

  @BeforeEach
  void start() {
    server = new PublicServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsAPlainGetWhatBecameOfTheHandshakeOfItsCid() throws IOException {
    String target = ALICE + "?window=9&cid=try-1";
    assertThat(handshake(target, "Origin: http://127.0.0.1:9\n").status()).isEqualTo(403);
    JsonNode attempt = attempt(ALICE + "?cid=try-1");
    assertThat(attempt.path("seen").asBoolean()).isTrue();
    assertThat(attempt.path("status").asInt()).isEqualTo(403);
    assertThat(attempt.path("code").asText()).isEqualTo("forbidden_origin");
    assertThat(attempt.path("cause").asText()).isEqualTo("foreign_origin");

    assertThat(handshake(target, "").status()).isEqualTo(101);
    attempt = attempt(target);
    assertThat(attempt.path("status").asInt()).isEqualTo(101);
    assertThat(attempt.toString()).isEqualTo("{\"seen\":true,\"status\":101}");
  }

  @Test
  void writesDownWhatAPageCouldNotOpenThoughNothingWasRefused() throws IOException {
    assertThat(request("GET", ALICE + "?cid=never", "").json().path("cause").asText())
        .isEqualTo("handshake_lost");
    handshake(ALICE + "?cid=lost", "X-Forwarded-For: 127.0.0.1\n");
    assertThat(request("GET", ALICE + "?cid=lost", "").json().path("cause").asText())
        .isEqualTo("answer_lost");
    assertThat(causes()).containsExactly("answer_lost", "handshake_lost");
  }

  @Test
  void doesNotWriteDownThatAPageAsksWhyItWasRefused() throws IOException {
    handshake(ALICE + "?cid=try", "Origin: http://127.0.0.1:9\n");
    attempt(ALICE + "?cid=try");
    assertThat(causes()).containsExactly("foreign_origin");
    assertThat(server.metrics.scrape())
        .contains(
            "pushgate_refusals_total{cause=\"foreign_origin\"} 1.0",
            "pushgate_refusals_total{cause=\"plain_request\"} 0.0",
            "pushgate_refusals_total{cause=\"location_missing\"} 0.0");
  }

  @Test
  void everyAnswerNamesTheGateway() throws IOException {
    String ack = "/api/v1/notifications/ack/alice";
    for (String request :
        new String[] {
          "GET /nothing HTTP/1.1\nHost: localhost\n\n",
          "no HTTP at all\n\n",
          "GET /" + "a".repeat(16 << 10),
          "GET / HTTP/1.1\nHost: localhost\nCookie: " + "a".repeat(32 << 10),
          "OPTIONS " + ack + " HTTP/1.1\nHost: localhost\n\n",
          "POST %s HTTP/1.1\nHost: localhost\nExpect: 100-continue\nContent-Length: 9\n\n"
              .formatted(ack),
          SessionOpeningTest.handshake(ALICE, "")
        }) {
      try (RawClient client = server.connect()) {
        Answer answer = client.lines(request).head();
        assertThat(answer.header("x-pushgate-gateway"))
            .as("%d to %.40s", answer.status(), request)
            .isEqualTo(PublicServer.NODE);
      }
    }
    server.port.drain();
    assertThat(request("GET", "/", "").header("x-pushgate-gateway")).isEqualTo(PublicServer.NODE);
  }

  @Test
  void showsHowAProbeArrivedThatWasRefusedBeforeItWasWhole() throws IOException {
    String large = "X-Pushgate-Probe: " + NONCE + "\nContent-Length: 4096\n";
    assertThat(request("POST", ALICE, large).status()).isEqualTo(413);
    Answer answer = request("GET", "/api/v1/notifications/probe/" + NONCE, "");
    assertThat(answer.json().path("requests")).hasSize(1);
  }

  @Test
  void tellsThatAHandshakeArrivedWithoutItsUpgrade() throws IOException {
    String target = ALICE + "?cid=try-2";
    String maimed = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nConnection: close\n";
    assertThat(request("GET", target, maimed).code()).isEqualTo("upgrade_required");
    JsonNode attempt = attempt(target);
    assertThat(attempt.path("code").asText()).isEqualTo("upgrade_required");
    assertThat(attempt.path("fix").asText()).contains("proxy_set_header Upgrade $http_upgrade;");
  }

  @Test
  void tellsThatAHandshakeNeverArrived() throws IOException {
    assertThat(attempt(ALICE + "?cid=never")).hasToString("{\"seen\":false}");
    assertThat(request("GET", ALICE, "").json().has("attempt")).as("without a cid").isFalse();
  }

  @Test
  void tellsHowTheRequestsOfANonceArrived() throws IOException {
    String probe = "X-Pushgate-Probe: " + NONCE + "\n";
    assertThat(request("GET", "/api/v1/notifications/probe/" + NONCE, "").status()).isEqualTo(404);
    handshake(ALICE + "?token=secret", probe + "Cookie: pushgate_token=secret\n");
    request("POST", ALICE, probe);
    Answer answer = request("GET", "/api/v1/notifications/probe/" + NONCE, "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    JsonNode requests = answer.json().path("requests");
    assertThat(requests).hasSize(2);
    JsonNode first = requests.get(0);
    assertThat(first.path("line").asText()).isEqualTo("GET " + ALICE + "?token=* HTTP/1.1");
    assertThat(first.path("version").asText()).isEqualTo("HTTP/1.1");
    assertThat(first.path("peer").asText()).isEqualTo("127.0.0.1");
    assertThat(first.path("ts").asLong()).isPositive();
    assertThat(first.path("headers").toString())
        .contains("{\"name\":\"Host\",\"size\":9,\"value\":\"localhost\"}")
        .contains("{\"name\":\"Cookie\",\"size\":21}");
    assertThat(answer.body()).doesNotContain("secret");
  }

  private List<String> causes() {
    return server.port.refusedLately().stream()
        .map(series -> series.newest().verdict().cause().wire())
        .toList();
  }

  private JsonNode attempt(String target) throws IOException {
    return request("GET", target, "").json().path("attempt");
  }

  private Answer handshake(String target, String headers) throws IOException {
    try (RawClient client = server.connect()) {
      return client.lines(SessionOpeningTest.handshake(target, headers)).head();
    }
  }

  private Answer request(String method, String target, String headers) throws IOException {
    try (RawClient client = server.connect()) {
      return client
          .lines(method + " " + target + " HTTP/1.1\nHost: localhost\n" + headers + "\n")
          .answer();
    }
  }
}
