package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.ingress.FakeRouter.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the HTTP form of the ingress port does not take, and what becomes of the connection. */
class HttpIngressRefusalTest {
  private static final String PUSH = "{\"to\":\"a\",\"id\":\"i\",\"data\":1}";

  private FakeRouter router;
  private IngressServer server;
  private PublisherSocket publisher;

  @BeforeEach
  void start() throws IOException {
    router = new FakeRouter(Mode.LATE_AND_SHUFFLED);
    server = new IngressServer(router);
    publisher = server.connect();
  }

  @AfterEach
  void stop() throws IOException {
    publisher.close();
    server.close();
    router.close();
  }

  @Test
  void keepsWebPagesOut() throws IOException {
    for (String header :
        List.of(
            "Origin: http://localhost:8001",
            "Origin: null",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site")) {
      assertRefused(
          "POST /push HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\nContent-Length: 0\r\n\r\n",
          403,
          "forbidden_origin");
    }
    assertRefused(
        "POST /push HTTP/1.1\r\nHost: evil.example:8001\r\nContent-Length: 0\r\n\r\n",
        403,
        "forbidden_host");
    publisher.send(
        "POST /push HTTP/1.1\r\nHost: [::1]:8001\r\nSec-Fetch-Site: none\r\nContent-Length: "
            + PUSH.length()
            + "\r\n\r\n"
            + PUSH);
    assertThat(HttpAnswer.read(publisher).status()).isEqualTo(200);
  }

  @Test
  void refusesOtherPathsAndMethods() throws IOException {
    publisher.send("POST /pull HTTP/1.1\r\nHost: localhost\r\n\r\n");
    HttpAnswer notFound = HttpAnswer.read(publisher);
    assertThat(notFound.status()).isEqualTo(404);
    assertThat(notFound.body()).contains("\"code\":\"not_found\"");
    // Nothing was left unread, so the connection goes on.
    publisher.send("GET /push HTTP/1.1\r\nHost: localhost\r\n\r\n");
    HttpAnswer notAllowed = HttpAnswer.read(publisher);
    assertThat(notAllowed.status()).isEqualTo(405);
    assertThat(notAllowed.headers()).containsEntry("allow", "POST");
    assertThat(post("", PUSH).status()).isEqualTo(200);
  }

  @Test
  void closesBehindARefusedBodyAndNeverReadsItAsARequest() throws IOException {
    String inside = request("", PUSH);
    publisher.send(
        "POST /pull HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
            + inside.length()
            + "\r\n\r\n"
            + inside);
    assertThat(HttpAnswer.read(publisher).status()).isEqualTo(404);
    assertThat(publisher.rest()).isEmpty();
    assertThat(router.published()).isZero();
  }

  @Test
  void refusesMalformedHttp() throws IOException {
    for (String head :
        List.of(
            "POST /push HTTP/1.1\r\n\r\n",
            "POST /push HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
            "POST /push HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            head("Content-Length: 5", "Transfer-Encoding: chunked"),
            "POST /push HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
            "POST /push HTTP/1.1\r\nHost: localhost\r\nContent-Length: minus\r\n\r\n",
            "POST /push HTTP/1.1\r\nHost : localhost\r\n\r\n",
            "POST /push HTTP/1.1\nHost: localhost\n\n")) {
      assertRefused(head, 400, "bad_request");
    }
  }

  @Test
  void refusesLongHeads() throws IOException {
    assertRefused(
        "POST /push?" + "x".repeat(17 << 10) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
        414,
        "uri_too_long");
    assertRefused(
        "POST /push HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(33 << 10) + "\r\n\r\n",
        431,
        "headers_too_large");
  }

  private HttpAnswer post(String query, String body) throws IOException {
    publisher.send(request(query, body));
    return HttpAnswer.read(publisher);
  }

  private void assertRefused(String head, int status, String code) throws IOException {
    try (PublisherSocket other = server.connect()) {
      other.send(head);
      HttpAnswer answer = HttpAnswer.read(other);
      assertThat(answer.status()).as(head).isEqualTo(status);
      assertThat(answer.type()).isEqualTo("application/problem+json");
      assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }
  }

  private static String request(String query, String body) {
    return "POST /push%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(query, body.getBytes(StandardCharsets.UTF_8).length, body);
  }

  private static String head(String... headers) {
    return "POST /push HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
  }
}
