package io.pushgate.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.auth.TokenMint;
import io.pushgate.gateway.command.Service;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.testing.TextSocket;
import io.pushgate.protocol.UserId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a session lives that a token opened, and how another token prolongs it. */
class TokenSessionTest {
  private static final String ALICE = "alice@example.com";

  @TempDir Path folder;
  private Path keys;
  private Service gateway;

  @BeforeEach
  void start() throws Exception {
    keys = Files.writeString(folder.resolve("keys"), "a secret of more than thirty-two bytes\n");
    gateway =
        Gateway.start(
            GatewayConfig.of(
                    "broker=memory", "heartbeat=1s", "token-leeway=0s", "token-keys=" + keys)
                .withFreePorts());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void aSessionOfMeIsTheSubjectsAndEndsWithItsToken() throws Exception {
    try (TextSocket socket = connect("me", token(ALICE, Duration.ofSeconds(6)))) {
      assertThat(socket.next()).contains("\"op\":\"welcome\"", "\"user\":\"" + ALICE + "\"");

      assertThat(socket.closeCode()).isEqualTo(4401);
    }
  }

  @Test
  void anotherTokenInTimeProlongsItAndABadOneLeavesIt() throws Exception {
    try (TextSocket socket = connect(ALICE, token(ALICE, Duration.ofSeconds(6)))) {
      assertThat(socket.next()).contains("\"op\":\"welcome\"");

      socket.send("{\"op\":\"auth\",\"token\":\"no.good.token\"}");
      assertThat(socket.next()).contains("\"op\":\"error\"", "\"code\":\"unauthorized\"");

      socket.send(
          "{\"op\":\"auth\",\"token\":\"%s\"}".formatted(token(ALICE, Duration.ofHours(1))));
      assertThat(socket.next()).contains("\"op\":\"authenticated\"", "\"expires\":");

      // Past the first token's end: the next word is answered all the same.
      assertThat(socket.isOpenAfter(Duration.ofSeconds(7))).isTrue();
      socket.send("{\"op\":\"ping\"}");
      assertThat(socket.next()).contains("\"op\":\"pong\"");
    }
  }

  @Test
  void anotherUsersTokenEndsTheSession() throws Exception {
    try (TextSocket socket = connect(ALICE, token(ALICE, Duration.ofHours(1)))) {
      assertThat(socket.next()).contains("\"op\":\"welcome\"");

      socket.send(
          "{\"op\":\"auth\",\"token\":\"%s\"}".formatted(token("bob", Duration.ofHours(1))));

      assertThat(socket.closeCode()).isEqualTo(4403);
    }
  }

  private TextSocket connect(String name, String token) throws Exception {
    return TextSocket.connect(gateway.bound().publicPort(), name, token);
  }

  private String token(String user, Duration life) {
    return TokenMint.of(keys).token(UserId.of(user), life, Optional.empty(), Optional.empty());
  }
}
