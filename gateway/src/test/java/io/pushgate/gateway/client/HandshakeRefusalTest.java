package io.pushgate.gateway.client;

import static io.pushgate.gateway.client.Refused.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.client.RawClient.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The last rows of the contract's table: an upgrade that is broken, of another version, or none.
 */
class HandshakeRefusalTest {
  private static final String ALICE = "/api/v1/notifications/ws/alice@example.com";
  private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n";
  private static final String UPGRADE = "Upgrade: websocket\nConnection: Upgrade\n";
  private static final String VERSION = "Sec-WebSocket-Version: 13\n";

  private PublicServer server;

  @BeforeEach
  void start() {
    server = new PublicServer("handshake-timeout=60s", "max-connections=1000");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        VERSION,
        VERSION + KEY + KEY,
        VERSION + "Sec-WebSocket-Key: short\n",
        VERSION + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAAA\n",
        VERSION + VERSION + KEY,
        VERSION + KEY + "Sec-WebSocket-Protocol: bearer.abc\n",
        VERSION + KEY + "Sec-WebSocket-Protocol: pushgate.v2, chat\n",
        VERSION + KEY + "Sec-WebSocket-Protocol:\n",
        "Sec-WebSocket-Version: 8\n",
      })
  void refusesABrokenHandshakeAndCloses(String headers) throws IOException {
    Answer answer = refusal(get(ALICE, UPGRADE + headers), true);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("bad_handshake");
    assertThat(answer.body()).doesNotContain("bearer.abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Sec-WebSocket-Version: 8\n", "Sec-WebSocket-Version: 13, 8\n"})
  void refusesAnotherVersionAndNamesItsOwn(String version) throws IOException {
    Answer answer = refusal(get(ALICE, UPGRADE + KEY + version), true);
    assertThat(answer.status()).isEqualTo(426);
    assertThat(answer.code()).isEqualTo("websocket_version");
    assertThat(answer.header("sec-websocket-version")).isEqualTo("13");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | false",
        "'Connection: Upgrade~' | false",
        "'Upgrade: websocket~' | true",
        "'Upgrade: h2c~Connection: Upgrade~' | true",
        "'Upgrade: websocket~Connection: keep-alive~' | true",
      })
  void asksForAnUpgradeWhereItDidNotArriveWhole(String headers, boolean closes) throws IOException {
    Answer answer = refusal(get(ALICE, headers.replace('~', '\n') + VERSION + KEY), closes);
    assertThat(answer.status()).isEqualTo(426);
    assertThat(answer.code()).isEqualTo("upgrade_required");
    assertThat(answer.header("upgrade")).isEqualTo("websocket");
    assertThat(answer.json().path("fix").asText()).contains("proxy_set_header ");
  }

  @Test
  void ignoresAnUpgradeInHttp10() throws IOException {
    String request =
        "GET " + ALICE + " HTTP/1.0\nHost: localhost\n" + UPGRADE + VERSION + KEY + "\n";
    Answer answer = refusal(request, true);
    assertThat(answer.code()).isEqualTo("upgrade_required");
    assertThat(answer.json().path("fix").asText()).isEqualTo("proxy_http_version 1.1;");
  }

  private Answer refusal(String request, boolean closes) throws IOException {
    return Refused.send(server, request, closes);
  }
}
