package io.pushgate.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HandshakeTest {
  private final Handshake handshake = new Handshake(Target.of("ws://127.0.0.1:8000/push/"));

  private String accept() {
    String request = new String(handshake.request("a@b"), StandardCharsets.US_ASCII);
    String key = request.replaceAll("(?s).*\r\nSec-WebSocket-Key: (\\S+)\r\n.*", "$1");
    return Handshake.accept(key);
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
  }

  @Test
  void asksBehindAllThatIsHeldAndThroughAProxysPath() {
    assertThat(new String(handshake.request("a@b"), StandardCharsets.US_ASCII))
        .startsWith("GET /push/api/v1/notifications/ws/a@b?after=end HTTP/1.1\r\n")
        .contains("\r\nHost: 127.0.0.1:8000\r\n")
        .endsWith("\r\n\r\n");
  }

  @Test
  void answersTheKeyOfTheStandard() {
    assertThat(Handshake.accept("dGhlIHNhbXBsZSBub25jZQ=="))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @Test
  void findsTheEndOfTheHeadAndLeavesTheFramesBehindIt() throws ProtocolFault {
    String head = "HTTP/1.1 101 Whatever\r\nsec-websocket-ACCEPT:  " + accept() + "\r\n\r\n";
    ByteBuf in = bytes(head + "\u0081\u0000");
    for (int end = 0; end < head.length(); end++) {
      assertThat(handshake.head(in, 0, end)).isNegative();
    }

    assertThat(handshake.head(in, 0, in.writerIndex())).isEqualTo(head.length());
  }

  @Test
  void refusesAnotherKeysAnswer() {
    ByteBuf in = bytes("HTTP/1.1 101 OK\r\nSec-WebSocket-Accept: no\r\n\r\n");

    assertThatThrownBy(() -> handshake.head(in, 0, in.writerIndex()))
        .hasMessageContaining("Sec-WebSocket-Accept");
  }

  @Test
  void tellsWhyItWasRefusedWithoutControlCharacters() {
    ByteBuf in = bytes("HTTP/1.1 503 No\r\nA: b\r\n\r\n{\"code\":\"overloaded\"\u001b}");

    assertThatThrownBy(() -> handshake.head(in, 0, in.writerIndex()))
        .hasMessageContaining("HTTP/1.1 503 No {\"code\":\"overloaded\"\\u001b}");
  }
}
