package io.pushgate.gateway.doctor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteUrlTest {

  @ParameterizedTest
  @CsvSource({
    "ws://a, ws://a, http://a, /api/v1/notifications/ws/x",
    "http://a:80/, ws://a, http://a, /api/v1/notifications/ws/x",
    "wss://A.example:443, wss://a.example, https://a.example, /api/v1/notifications/ws/x",
    "https://a:8443/, wss://a:8443, https://a:8443, /api/v1/notifications/ws/x",
    "ws://[::1]:8000, ws://[::1]:8000, http://[::1]:8000, /api/v1/notifications/ws/x",
    "wss://a/push/, wss://a/push, https://a, /push/api/v1/notifications/ws/x",
    "wss://a/push/api/v1/notifications/ws/bob, wss://a/push, https://a, /push/api/v1/notifications/ws/x"
  })
  void whatIsReachedThereIsReadFromTheUrl(String url, String site, String origin, String path) {
    SiteUrl read = SiteUrl.parse(url);

    assertThat(read).hasToString(site);
    assertThat(read.origin()).isEqualTo(origin);
    assertThat(read.path("ws", "x")).isEqualTo(path);
  }

  @Test
  void theUserOfThePathIsKeptAsItIsWritten() {
    assertThat(SiteUrl.parse("ws://a/api/v1/notifications/ws/a%2Bb@c").user()).hasValue("a%2Bb@c");
    assertThat(SiteUrl.parse("ws://a/api/v1/notifications/ws/").user()).isEmpty();
    assertThat(SiteUrl.parse("ws://a/api/v1/notifications/ws").user()).isEmpty();
  }

  @Test
  void anAddressLosesTheBracketsThatOnlyUrlsNeed() {
    assertThat(SiteUrl.parse("ws://[::1]").address()).isEqualTo("::1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "ftp://a", "ws://", "ws://a b", "ws://u@a", "ws://a?token=x", "ws://a#f"})
  void whatIsNoSuchUrlIsNamed(String text) {
    assertThatThrownBy(() -> SiteUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected such as wss://push.example.com, not '%s'", text);
  }
}
