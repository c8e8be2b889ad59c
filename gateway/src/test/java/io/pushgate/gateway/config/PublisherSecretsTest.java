package io.pushgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PublisherSecretsTest {
  @TempDir Path folder;

  @Test
  void oneSecretIsForEveryNameAndForNone() throws IOException {
    PublisherSecrets secrets = read("swordfish\n");

    assertThat(secrets.admit(Secret.of("swordfish"), "billing")).isTrue();
    assertThat(secrets.admit(Secret.of("swordfish"), null)).isTrue();
    assertThat(secrets.admit(Secret.of("swordfish "), null)).isFalse();
  }

  @Test
  void aSecretBehindANameIsForThatNameAndForNone() throws IOException {
    PublisherSecrets secrets = read("billing:sword:fish\r\norders:ünlocks\r\n");

    assertThat(secrets.admit(Secret.of("sword:fish"), "billing")).isTrue();
    assertThat(secrets.admit(Secret.of("sword:fish"), "orders")).isFalse();
    assertThat(secrets.admit(Secret.of("sword:fish"), null)).isTrue();
    assertThat(secrets.admit(Secret.of("ünlocks"), "orders")).isTrue();
    assertThat(secrets.admit(Secret.of("ünlocks"), "unknown")).isFalse();
    assertThat(secrets.admit(Secret.of("fish"), null)).isFalse();
  }

  @Test
  void nothingThatIsPrintedShowsASecret() throws IOException {
    GatewayConfig config = GatewayConfig.of("ingress-secret-file=" + write("billing:swordfish"));

    assertThat(config.toString()).contains("1 secrets").doesNotContain("swordfish");
  }

  static Stream<Arguments> badFiles() {
    return Stream.of(
        Arguments.of("", "line 1: the secret is empty"),
        Arguments.of("\n", "line 1: the secret is empty"),
        Arguments.of(
            "swordfish\nbilling:x", "line 1: expected publisher:secret, as one of several"),
        Arguments.of("billing:swordfish\n\norders:x", "line 2: expected publisher:secret"),
        Arguments.of(
            "a:swordfish\nb:x\na:y", "line 3: its publisher has a secret in a line before"),
        Arguments.of(":swordfish", "line 1: the publisher's name is empty"),
        Arguments.of("billing:", "line 1: the secret is empty"),
        Arguments.of("billing: swordfish", "line 1: the secret begins or ends with a space"),
        Arguments.of("a\tb:swordfish", "line 1: the publisher's name holds the control character"),
        Arguments.of("n".repeat(129) + ":swordfish", "is 129 bytes long, 128 at most"),
        Arguments.of("s".repeat(513), "the secret is 513 bytes long, 512 at most"),
        Arguments.of("x:swordfish\n".repeat(1_001), "has more than 1000 lines"));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void aBadFileIsNamedWithItsLineButNotWithItsSecret(String text, String expected)
      throws IOException {
    Path file = write(text);

    assertThatThrownBy(() -> GatewayConfig.of("ingress-secret-file=" + file))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("--ingress-secret-file: '%s' ", file)
        .hasMessageContaining(expected)
        .hasMessageNotContaining("swordfish");
  }

  @Test
  void aFileThatIsNotThereAndOneThatIsNoTextAreNamed() throws IOException {
    Path binary = Files.write(folder.resolve("binary"), new byte[] {'a', (byte) 0xff});

    assertThatThrownBy(() -> GatewayConfig.of("ingress-secret-file=" + folder.resolve("missing")))
        .hasMessage("--ingress-secret-file: '%s' cannot be read", folder.resolve("missing"));
    assertThatThrownBy(() -> GatewayConfig.of("ingress-secret-file=" + binary))
        .hasMessage("--ingress-secret-file: '%s' is no UTF-8 text", binary);
  }

  @Test
  void withASecretThePortMayLieBeyondLoopback() throws IOException {
    String beyond = "ingress-host=0.0.0.0";

    assertThatThrownBy(() -> GatewayConfig.of(beyond))
        .hasMessageContaining("--ingress-secret-file");
    assertThat(GatewayConfig.of(beyond, "ingress-secret-file=" + write("x")).listen().ingressHost())
        .isEqualTo("0.0.0.0");
  }

  private PublisherSecrets read(String text) throws IOException {
    return PublisherSecrets.read("ingress-secret-file", write(text));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("secrets"), text, StandardCharsets.UTF_8);
  }
}
