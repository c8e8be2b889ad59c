package io.pushgate.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.client.RawClient.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page and its scripts, as the public port serves them. */
class FilesTest {
  private static PublicServer server;

  @BeforeAll
  static void start() {
    server = new PublicServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/index.html, text/html; charset=utf-8",
    "/pushgate.js, text/javascript; charset=utf-8",
    "/page.css, text/css; charset=utf-8",
    "/icon.svg, image/svg+xml",
    "/demo.json, application/json",
  })
  void servesTheFilesOfThePage(String path, String type) throws IOException {
    Answer answer = request("GET", path, "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo(type);
    assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.header("content-security-policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.body()).isNotEmpty();
  }

  @Test
  void tellsThePageWherePublishersConnect() throws IOException {
    assertThat(request("GET", "/demo.json", "").json().path("ingress").asText())
        .isEqualTo(PublicServer.INGRESS);
  }

  @Test
  void sendsAFileAgainOnlyWhereItChanged() throws IOException {
    Answer first = request("GET", "/page.js", "");
    assertThat(first.header("cache-control")).isEqualTo("no-cache");
    Answer second = request("GET", "/page.js", "If-None-Match: " + first.header("etag") + "\n");
    assertThat(second.status()).isEqualTo(304);
    assertThat(second.header("etag")).isEqualTo(first.header("etag"));
    assertThat(request("GET", "/page.js", "If-None-Match: \"other\"\n").status()).isEqualTo(200);
  }

  @Test
  void answersHeadWithoutABody() throws IOException {
    try (RawClient client = server.connect()) {
      client.lines("HEAD / HTTP/1.1\nHost: a\n\nHEAD /nothing HTTP/1.1\nHost: a\n\n");
      client.lines("GET / HTTP/1.1\nHost: a\n\n");
      Answer head = client.head();
      assertThat(head.status()).isEqualTo(200);
      assertThat(Integer.parseInt(head.header("content-length"))).isPositive();
      assertThat(client.head().status()).isEqualTo(404);
      Answer get = client.answer();
      assertThat(get.header("content-length")).isEqualTo(head.header("content-length"));
      assertThat(get.body()).startsWith("<!doctype html>");
    }
  }

  private static Answer request(String method, String target, String headers) throws IOException {
    try (RawClient client = server.connect()) {
      return client
          .lines(method + " " + target + " HTTP/1.1\nHost: localhost\n" + headers + "\n")
          .answer();
    }
  }
}
