package io.pushgate.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.client.RawClient.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pages may use the port, by which of its names, and from where. */
class PageAndHostTest {
  private static final String ALICE = "/api/v1/notifications/ws/alice";

  /** What a request gets on whom nothing else is wrong: a plain GET where an upgrade is needed. */
  private static final String LET_IN = "upgrade_required";

  @ParameterizedTest
  @CsvSource({
    "localhost, http://localhost",
    "localhost, https://localhost:8443",
    "localhost:8000, http://localhost:8000",
    "LOCALHOST:8000, http://localhost:8000",
    "localhost:80, http://localhost",
    "localhost:443, https://localhost",
    "127.0.0.1:8000, http://127.0.0.1:8000",
    "[::1]:8000, http://[::1]:8000",
  })
  void letsInThePageOfTheSameHost(String host, String origin) throws IOException {
    try (PublicServer server = new PublicServer()) {
      assertThat(get(server, host, "Origin: " + origin + "\n").code()).isEqualTo(LET_IN);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8000, http://localhost:8001",
    "localhost:8000, http://localhost",
    "localhost:8000, https://localhost",
    "localhost, http://127.0.0.1",
    "localhost, http://localhost.evil.example",
    "localhost, null",
    "localhost, http://localhost/path",
    "localhost, http://user@localhost",
    "localhost, *",
    "localhost, ''",
  })
  void refusesThePageOfAnotherHostAndNamesBoth(String host, String origin) throws IOException {
    try (PublicServer server = new PublicServer()) {
      Answer answer = get(server, host, "Origin: " + origin + "\n");
      assertThat(answer.code()).isEqualTo("forbidden_origin");
      assertThat(answer.json().path("detail").asText()).contains(origin).contains(host);
      assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
    }
  }

  @Test
  void believesATrustedProxyWhichHostAndSchemeWereAskedFor() throws IOException {
    try (PublicServer server = new PublicServer("open=true")) {
      String proxied =
          "X-Forwarded-Host: site.example\nX-Forwarded-Proto: https\nX-Forwarded-For: 9.9.9.9\n";
      assertThat(get(server, "127.0.0.1", proxied + "Origin: https://site.example\n").code())
          .isEqualTo(LET_IN);
      assertThat(get(server, "127.0.0.1", proxied + "Origin: http://site.example\n").code())
          .as("a page by http where the proxy was asked by https")
          .isEqualTo("forbidden_origin");
      assertThat(get(server, "127.0.0.1", proxied + "Origin: https://127.0.0.1\n").code())
          .isEqualTo("forbidden_origin");
    }
    try (PublicServer server = new PublicServer("open=true", "trusted-proxies=10.0.0.1")) {
      String forged = "X-Forwarded-Host: site.example\nOrigin: https://site.example\n";
      assertThat(get(server, "127.0.0.1", forged).code()).isEqualTo("forbidden_origin");
    }
  }

  @Test
  void comparesListedOriginsExactly() throws IOException {
    try (PublicServer server =
        new PublicServer("allowed-origins=https://a.example,http://localhost:3000")) {
      assertThat(get(server, "localhost", "Origin: https://a.example\n").code()).isEqualTo(LET_IN);
      assertThat(get(server, "localhost", "Origin: https://a.example:443\n").code())
          .isEqualTo(LET_IN);
      for (String other :
          new String[] {"http://a.example", "https://b.example", "http://localhost"}) {
        Answer answer = get(server, "localhost", "Origin: " + other + "\n");
        assertThat(answer.code()).isEqualTo("forbidden_origin");
        assertThat(answer.json().path("detail").asText()).contains("https://a.example");
      }
      assertThat(get(server, "localhost", "").code()).as("no page at all").isEqualTo(LET_IN);
    }
  }

  @Test
  void letsThePageOfAnAllowedOriginReadEveryAnswer() throws IOException {
    try (PublicServer server = new PublicServer("allowed-origins=https://a.example")) {
      Answer refusal = get(server, "localhost", "Origin: https://a.example\n");
      assertThat(refusal.header("access-control-allow-origin")).isEqualTo("https://a.example");
      assertThat(refusal.header("access-control-allow-credentials")).isEqualTo("true");
      assertThat(refusal.header("vary")).isEqualToIgnoringCase("origin");
      try (RawClient client = server.connect()) {
        Answer preflight =
            client
                .lines(
                    "OPTIONS /api/v1/notifications/ack/alice HTTP/1.1\nHost: localhost\n"
                        + "Origin: https://a.example\nAccess-Control-Request-Method: POST\n\n")
                .answer();
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("access-control-allow-methods")).contains("POST");
        assertThat(preflight.header("access-control-allow-headers")).contains("Authorization");
        assertThat(preflight.header("access-control-allow-credentials")).isEqualTo("true");
      }
    }
  }

  @Test
  void refusesANameByWhichARebindingPageCouldCome() throws IOException {
    try (PublicServer server = new PublicServer()) {
      Answer answer = get(server, "evil.example", "Origin: http://evil.example\n");
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("forbidden_host");
      assertThat(answer.json().path("detail").asText()).contains("evil.example");
      assertThat(get(server, "localhost", "X-Forwarded-Host: evil.example\n").code())
          .isEqualTo("forbidden_host");
      assertThat(get(server, "127.0.0.1:9", "").code()).isEqualTo(LET_IN);
    }
    try (PublicServer server = new PublicServer("open=true")) {
      assertThat(get(server, "site.example", "").code()).isEqualTo(LET_IN);
    }
    try (PublicServer server = new PublicServer("allowed-origins=https://site.example")) {
      assertThat(get(server, "site.example", "").code()).isEqualTo(LET_IN);
      assertThat(get(server, "other.example", "").code()).isEqualTo("forbidden_host");
    }
  }

  @Test
  void letsInClientsOnLoopbackAloneUnlessOpen() throws IOException {
    try (PublicServer server = new PublicServer()) {
      assertThat(get(server, "localhost", "X-Forwarded-For: 127.0.0.1\n").code()).isEqualTo(LET_IN);
      Answer answer = get(server, "localhost", "X-Forwarded-For: 192.0.2.7\n");
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.code()).isEqualTo("unauthorized");
      assertThat(answer.json().path("detail").asText()).contains("--token-keys", "192.0.2.7");
    }
    try (PublicServer server = new PublicServer("open=true")) {
      assertThat(get(server, "localhost", "X-Forwarded-For: 192.0.2.7\n").code()).isEqualTo(LET_IN);
    }
  }

  private static Answer get(PublicServer server, String host, String headers) throws IOException {
    try (RawClient client = server.connect()) {
      return client
          .lines("GET " + ALICE + " HTTP/1.1\nHost: " + host + "\n" + headers + "\n")
          .answer();
    }
  }
}
