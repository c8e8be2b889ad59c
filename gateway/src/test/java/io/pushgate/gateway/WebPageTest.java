package io.pushgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.GatewayExtension;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a web page gets that asks the ports which are not meant for pages, whatever it asks for. */
class WebPageTest {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "GARBAGE");
  private static final List<String> PATHS =
      List.of("/push", "/livez", "/metrics", "/api/users/alice", "/api/drain", "/", "/nothing");

  @RegisterExtension final GatewayExtension gateway = GatewayExtension.with("drain=0ms");

  /** In the headers, {@code PORT} is the port asked and {@code ~} ends a line. */
  @ParameterizedTest
  @CsvSource({
    // A page of another site, of another port, of no site, of another scheme.
    "Host: localhost:PORT~Origin: http://evil.example, forbidden_origin, forbidden_origin",
    "Host: localhost:PORT~Origin: http://localhost:1, forbidden_origin, forbidden_origin",
    "Host: localhost:PORT~Origin: http://127.0.0.1:PORT, forbidden_origin, forbidden_origin",
    "Host: localhost:PORT~Origin: null, forbidden_origin, forbidden_origin",
    "Host: localhost:PORT~Origin:, forbidden_origin, forbidden_origin",
    "Host: localhost:PORT~Origin: https://localhost:PORT, forbidden_origin, forbidden_origin",
    "Host: localhost~Origin: https://localhost, forbidden_origin, forbidden_origin",
    // The page that the admin port serves, with or without a page beside it.
    "Host: localhost:PORT~Origin: http://localhost:PORT, forbidden_origin, ''",
    "Host: LOCALHOST:PORT~Origin: http://localhost:PORT, forbidden_origin, ''",
    "Host: [::1]:PORT~Origin: http://[::1]:PORT, forbidden_origin, ''",
    "Host: localhost:1~Origin: http://localhost:1~Origin: http://a, forbidden_origin, forbidden_origin",
    // A page by a name that leads here: its origin is that of its requests.
    "Host: evil.example:PORT~Origin: http://evil.example:PORT, forbidden_origin, forbidden_host",
    "Host: evil.example, forbidden_host, forbidden_host",
    "Host: localhost.evil.example:PORT, forbidden_host, forbidden_host",
    "Host: localhost., forbidden_host, forbidden_host",
    "Host: 127.0.0.1., forbidden_host, forbidden_host",
    "Host: 0x7f.1, forbidden_host, forbidden_host",
    "Host: 2130706433, forbidden_host, forbidden_host",
    "Host: localhost:99999, forbidden_host, forbidden_host",
    "Host:, forbidden_host, forbidden_host",
    // Faults of HTTP come first.
    "X: y, bad_request, bad_request",
    "Host: localhost~Host: localhost, bad_request, bad_request",
    // What a browser says of a request that carries no origin.
    "Host: localhost~Sec-Fetch-Site: cross-site, forbidden_origin, forbidden_origin",
    "Host: localhost~Sec-Fetch-Site: same-site, forbidden_origin, forbidden_origin",
    "Host: localhost~Sec-Fetch-Site: none~Sec-Fetch-Site: cross-site, forbidden_origin, forbidden_origin",
    "Host: localhost~Sec-Fetch-Site: none, '', ''",
    "Host: localhost~Sec-Fetch-Site: same-origin, '', ''",
    // Who is no page.
    "Host: localhost, '', ''",
    "Host: 127.0.0.1:1, '', ''",
    "Host: 10.1.2.3, '', ''",
    "Host: [::1], '', ''",
  })
  void isKeptOffWhateverTheMethodAndPath(String headers, String ingress, String admin)
      throws IOException {
    assertAnswers(gateway.bound().ingressAddress(), headers, ingress);
    assertAnswers(gateway.bound().adminAddress(), headers, admin);
  }

  private static void assertAnswers(InetSocketAddress port, String headers, String code)
      throws IOException {
    for (String path : PATHS) {
      for (String method : METHODS) {
        boolean wouldStop = code.isEmpty() && path.equals("/api/drain") && method.equals("POST");
        if (!wouldStop) {
          assertAnswer(port, method + " " + path, headers, code);
        }
      }
    }
  }

  private static void assertAnswer(
      InetSocketAddress port, String request, String headers, String code) throws IOException {
    String head = headers.replace("PORT", Integer.toString(port.getPort()));
    String answer =
        exchange(port, request + " HTTP/1.1~" + head + "~Connection: close~~").replace("\r", "");
    assertThat(answer).as(request).startsWith("HTTP/1.1 ");
    assertThat(answer.toLowerCase(Locale.ROOT)).as(request).doesNotContain("access-control-");
    int status = Integer.parseInt(answer.substring(9, 12));
    if (code.isEmpty()) {
      assertThat(status).as(request).isNotEqualTo(403);
    } else {
      assertThat(status).as(request).isEqualTo(code.equals("bad_request") ? 400 : 403);
    }
    boolean bodiless = request.startsWith("HEAD ") && answer.endsWith("\n\n");
    if (!code.isEmpty() && !bodiless) {
      assertThat(answer).as(request).contains("\"code\":\"" + code + "\"");
    }
  }

  private static String exchange(InetSocketAddress port, String request) throws IOException {
    try (Socket socket = new Socket(port.getAddress(), port.getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(request.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
