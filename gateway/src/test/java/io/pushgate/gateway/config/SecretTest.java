package io.pushgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

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
  void showsNothingOfItselfNorDoesWhatHoldsIt() {
    assertThat(secret).hasToString("***");
    assertThat(new AdminConfig(Optional.of(secret)))
        .hasToString("AdminConfig[secret=Optional[***]]");
  }
}
