package io.pushgate.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.client.RawClient.Answer;
import io.pushgate.gateway.session.SessionRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer that is no trusted proxy gains by the headers that one writes: nothing. */
class UntrustedPeerTest {
  private static final String WS = "GET /api/v1/notifications/ws/alice HTTP/1.1\n";
  private static final String FORGED =
      """
      X-Forwarded-For: 192.0.2.7
      X-Forwarded-Host: site.example
      X-Forwarded-Proto: https
      """;
  private static final String HANDSHAKE =
      """
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Version: 13
      Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
      Sec-WebSocket-Protocol: pushgate.v1
      """;

  private PublicServer server;

  @BeforeEach
  void trustNobodyHere() {
    server = new PublicServer("trusted-proxies=10.0.0.1");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** {@code HOST} is the server's own; {@code ~} ends a line. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: HOST~", // A plain request.
        "Host: HOST~Origin: https://site.example~", // A page of the forged host.
        "Host: HOST~Origin: http://HOST~", // One of the true host, by the scheme it denies.
        "Host: site.example~", // A name that is forged on top.
        "Host: gateway~Origin: https://site.example~Sec-WebSocket-Key: x~", // Maimed by a proxy.
        "Host: HOST~Sec-WebSocket-Key: x~Sec-WebSocket-Version: 13~",
        "Host: HOST~Upgrade: websocket~",
      })
  void isRefusedForTheSameReasonAndMendedByTheSameLines(String headers) throws IOException {
    String head = WS + headers.replace("HOST", server.host()).replace('~', '\n');

    Answer plain = ask(head);
    Answer forged = ask(head + FORGED);

    assertThat(forged.status()).isEqualTo(plain.status());
    for (String field : new String[] {"code", "detail", "cause", "fix"}) {
      assertThat(forged.json().path(field)).as(field).isEqualTo(plain.json().path(field));
    }
  }

  @Test
  void keepsItsOwnAddress() throws Exception {
    try (RawClient client = server.connect()) {
      String head = WS + "Host: " + server.host() + "\n" + HANDSHAKE + FORGED;
      assertThat(client.lines(head + "\n").head().status()).isEqualTo(101);
    }
    assertThat(server.router.attached.poll(20, TimeUnit.SECONDS))
        .extracting(SessionRequest::client)
        .isEqualTo(InetAddress.getLoopbackAddress());
  }

  private Answer ask(String head) throws IOException {
    try (RawClient client = server.connect()) {
      return client.lines(head + "\n").answer();
    }
  }
}
