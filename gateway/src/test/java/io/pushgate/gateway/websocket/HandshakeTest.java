package io.pushgate.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key of the opening handshake and its answer. */
class HandshakeTest {
  @Test
  void answersTheKeyOfTheRfc() {
    assertThat(Handshake.accept("dGhlIHNhbXBsZSBub25jZQ=="))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAA=",
        "AAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAA==",
        "AAAAAAAAAAA\u00e9AAAAAAAAAA==",
        "AAAAAAAAAA AAAAAAAAAAA==",
      })
  void refusesAKeyThatIsNotSixteenBytes(String key) {
    assertThat(Handshake.accept(key)).isNull();
  }
}
