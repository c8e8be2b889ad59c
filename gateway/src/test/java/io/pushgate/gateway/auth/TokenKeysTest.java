package io.pushgate.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pushgate.gateway.config.TokenConfig;
import io.pushgate.gateway.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of keys that changes under a gateway that runs. */
class TokenKeysTest {
  private static final String OLD = "an old secret of more than thirty-two bytes";
  private static final String NEW = "a new secret of more than thirty-two bytes";

  @TempDir Path folder;
  private final Metrics metrics = new Metrics();

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void aChangedFileIsReadAgainAndTokensOfTheOldKeyEnd() throws Exception {
    Path file = Files.writeString(folder.resolve("keys"), OLD);
    try (TokenKeys keys = open(file)) {
      assertThat(keys.verify(token(OLD)).user()).hasToString("alice");

      Files.writeString(file, NEW);
      keys.look();

      assertThat(keys.verify(token(NEW)).user()).hasToString("alice");
      assertThatThrownBy(() -> keys.verify(token(OLD))).isInstanceOf(RejectedTokenException.class);
      assertThat(metrics.scrape())
          .contains("pushgate_tokens_rejected_total{reason=\"bad_signature\"} 1.0");
    }
  }

  @Test
  void aFileThatCannotBeReadLeavesTheOldKeysAndIsCounted() throws Exception {
    Path file = Files.writeString(folder.resolve("keys"), OLD);
    try (TokenKeys keys = open(file)) {
      Files.delete(file);
      keys.look();
      Files.writeString(file, "short");
      keys.look();

      assertThatCode(() -> keys.verify(token(OLD))).doesNotThrowAnyException();
      assertThat(unreadable()).isGreaterThanOrEqualTo(2);

      Files.writeString(file, NEW);
      keys.look();

      assertThatCode(() -> keys.verify(token(NEW))).doesNotThrowAnyException();
    }
  }

  @Test
  void aFileThatHoldsNoKeysAtTheStartIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("keys"), "short");

    assertThatThrownBy(() -> open(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--token-keys: " + file + " holds 5 bytes; a secret has at least 32");
    assertThatThrownBy(() -> open(folder.resolve("missing")))
        .hasMessageContaining("missing holds nothing that can be read");
  }

  private TokenKeys open(Path file) {
    return TokenKeys.open(
        new TokenConfig(
            Optional.of(file), Optional.empty(), Optional.empty(), Duration.ofSeconds(30), false),
        metrics.tokens());
  }

  private double unreadable() {
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith("pushgate_token_keys_unreadable_total"))
        .mapToDouble(line -> Double.parseDouble(line.split(" ", 2)[1]))
        .sum();
  }

  private static String token(String secret) {
    return TestTokens.signed(
        "HS256",
        new HmacKey(TestTokens.bytes(secret)),
        null,
        TestTokens.claims("alice", System.currentTimeMillis() / 1000 + 60));
  }
}
