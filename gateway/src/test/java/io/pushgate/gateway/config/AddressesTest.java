package io.pushgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.0/8, 127.255.0.1, true",
    "127.0.0.0/8, 128.0.0.1, false",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.4, false",
    "172.16.0.0/12, 172.31.255.255, true",
    "172.16.0.0/12, 172.32.0.0, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, ::1, false",
    "::/0, 8.8.8.8, false",
    "::1/128, ::1, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "10.0.0.0/8, ::ffff:10.1.1.1, true",
    "::ffff:10.0.0.0/104, 10.1.1.1, true",
    "::ffff:10.0.0.0/104, 11.1.1.1, false",
  })
  void aBlockHoldsTheAddressesBehindItsPrefix(String block, String address, boolean held)
      throws UnknownHostException {
    assertThat(TrustedProxies.parse(block).contains(InetAddress.getByName(address)))
        .isEqualTo(held);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10.0.0.1/8",
        "::1/129",
        "10.0.0",
        "host",
        "::ffff:0:0/90",
        "fe80::1%eth0",
        "[::1]",
        "10.0.0.1,,10.0.0.2",
        "10.0.0.1/٨"
      })
  void whatIsNoBlockIsRefused(String text) {
    assertThatThrownBy(() -> TrustedProxies.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEmptyListTrustsNobody() {
    assertThat(TrustedProxies.parse("").contains(InetAddress.getLoopbackAddress())).isFalse();
  }

  @Test
  void originsAreComparedByExactSchemeHostAndPort() {
    AllowedOrigins allowed = AllowedOrigins.parse("https://app.example.com, http://localhost:5173");
    assertThat(allowed.contains(origin("https://APP.example.com:443"))).isTrue();
    assertThat(allowed.contains(origin("http://app.example.com"))).isFalse();
    assertThat(allowed.contains(origin("https://app.example.com:8443"))).isFalse();
    assertThat(allowed.contains(origin("https://x.app.example.com"))).isFalse();
    assertThat(allowed.contains(origin("http://localhost:5173"))).isTrue();
    assertThat(allowed.containsHost("LOCALHOST")).isTrue();
    assertThat(allowed.containsHost("example.com")).isFalse();
    assertThat(allowed.sameHostOnly()).isFalse();
    assertThat(AllowedOrigins.parse("").sameHostOnly()).isTrue();
    assertThat(allowed).hasToString("http://localhost:5173,https://app.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "*",
        "https://*",
        "app.example.com",
        "https://app.example.com/",
        "https://a/x",
        "https://u@a",
        "https://a?q",
        "https://a#f",
        "https://a:99999",
        "https://",
        "//a",
        ""
      })
  void whatIsNoOriginIsNone(String text) {
    assertThat(Origin.parse(text)).isEmpty();
  }

  @Test
  void ipv6StandsInBracketsInTheStartLine() {
    assertThat(new ListenConfig("127.0.0.1", 1, "::1", 2, "localhost", 3).describe())
        .isEqualTo("public=127.0.0.1:1 ingress=[::1]:2 admin=localhost:3");
  }

  private static Origin origin(String text) {
    return Origin.parse(text).orElseThrow();
  }
}
