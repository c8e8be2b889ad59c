package io.pushgate.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.client.RawClient.Answer;
import java.io.IOException;

/** Sends what is to be refused, and sees to what becomes of the connection. */
final class Refused {
  private Refused() {}

  /** Sends a request and reads its refusal; then the connection is closed, or serves another. */
  static Answer send(PublicServer server, String request, boolean closes) throws IOException {
    try (RawClient client = server.connect()) {
      Answer answer = client.lines(request).answer();
      if (closes) {
        assertThat(answer.header("connection")).contains("close");
        assertThat(client.isClosedByServer()).isTrue();
      } else {
        assertThat(client.lines(get("/index.html", "")).answer().status()).isEqualTo(200);
      }
      return answer;
    }
  }

  static String get(String target, String headers) {
    return "GET " + target + " HTTP/1.1\nHost: localhost\n" + headers + "\n";
  }
}
