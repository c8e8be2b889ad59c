package io.pushgate.protocol.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PublisherOptionsTest {
  private final PublisherOptions options = PublisherOptions.of("localhost", 8001);

  @Test
  void aValueOutOfRangeIsRefusedByName() {
    assertThatThrownBy(() -> PublisherOptions.of("localhost", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port is 1 to 65535, not 0");
    assertThatThrownBy(() -> PublisherOptions.of("localhost", 65536))
        .hasMessage("port is 1 to 65535, not 65536");
    assertThatThrownBy(() -> options.withMaxInFlight(0))
        .hasMessage("maxInFlight is at least 1, not 0");
    assertThatThrownBy(() -> options.as("a\nb", null))
        .hasMessage("publisher holds the control character U+000A");
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> options.withTimeouts(second, Duration.ZERO, second))
        .hasMessage("answerTimeout is longer than nothing, not PT0S");
    assertThatThrownBy(() -> options.withBackoff(second, Duration.ofMillis(999)))
        .hasMessage("maxBackoff is less than minBackoff");
  }

  @Test
  void theSecretStaysOutOfItsText() {
    assertThat(options.as("billing", "swordfish"))
        .hasToString("PublisherOptions[localhost:8001, publisher=billing, secret=***]");
  }
}
