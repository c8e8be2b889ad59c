package io.pushgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret is told by nothing but its equal. */
class SecretTest {
  private final Secret secret = Secret.of("swordfish");

  @Test
  void isWhatItWasMadeOfAndNothingElse() {
    assertThat(secret.is("swordfish")).isTrue();
    assertThat(secret.is("Swordfish")).isFalse();
    assertThat(secret.is("swordfish ")).isFalse();
    assertThat(secret.is("")).isFalse();
  }

  @Test
  void isReadFromAFileOfTextAlone(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("secret");
    Files.writeString(file, "schlüssel\r\n");
    assertThat(Secret.read("admin-secret-file", file).is("schlüssel")).isTrue();

    Files.write(file, new byte[] {'a', (byte) 0xff, 'b'});
    assertThatThrownBy(() -> Secret.read("admin-secret-file", file))
        .hasMessageContaining("admin-secret-file")
        .hasMessageContaining("UTF-8");
    Files.writeString(file, "ü".repeat(2049));
    assertThatThrownBy(() -> Secret.read("admin-secret-file", file))
        .hasMessageContaining("one line of");
  }

  @Test
  void showsNothingOfItselfNorDoesWhatHoldsIt() {
    assertThat(secret).hasToString("***");
    assertThat(new AdminConfig(Optional.of(secret)))
        .hasToString("AdminConfig[secret=Optional[***]]");
  }
}
