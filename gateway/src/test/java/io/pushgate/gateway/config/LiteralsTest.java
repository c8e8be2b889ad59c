package io.pushgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralsTest {

  @Test
  void timesAreReadAndWrittenInTheLargestExactUnit() {
    assertThat(Literals.duration("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(Literals.duration("7d")).isEqualTo(Duration.ofDays(7));
    assertThat(Literals.format(Duration.ofSeconds(90))).isEqualTo("90s");
    assertThat(Literals.format(Duration.ofDays(2))).isEqualTo("2d");
    assertThat(Literals.format(Duration.ofMillis(1_500))).isEqualTo("1500ms");
    assertThat(Literals.format(Duration.ZERO)).isEqualTo("0ms");
  }

  @Test
  void sizesAreReadAndWrittenInTheLargestExactUnit() {
    assertThat(Literals.size("64KiB")).isEqualTo(65_536);
    assertThat(Literals.size("17")).isEqualTo(17);
    assertThat(Literals.formatSize(1 << 20)).isEqualTo("1MiB");
    assertThat(Literals.formatSize(1025)).isEqualTo("1025");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "s", "1", "-1s", "1 s", "1.5s", "1S", "1w", "١s", "9999999999999999999s"})
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> Literals.duration(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "KiB", "-1", "1kib", "1KB", "1 KiB", "9000000000TiB"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> Literals.size(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theNearestNameIsTheOneWithTheFewestSlips() {
    var names = Options.byName().keySet();
    assertThat(Nearest.to("pubic-port", names)).isEqualTo("public-port");
    assertThat(Nearest.to("max-conections", names)).isEqualTo("max-connections");
    assertThat(Nearest.to("x".repeat(100_000), names)).isNotEmpty();
  }
}
