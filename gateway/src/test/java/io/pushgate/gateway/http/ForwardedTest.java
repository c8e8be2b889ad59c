package io.pushgate.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import io.pushgate.gateway.config.TrustedProxies;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which address a request comes from, by the word of proxies that are trusted, and of no others.
 */
class ForwardedTest {
  private static final TrustedProxies TRUSTED =
      TrustedProxies.parse("127.0.0.0/8,::1/128,10.0.0.0/8");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1 | 1.2.3.4                       | 1.2.3.4",
        "127.0.0.1 | 6.6.6.6, 1.2.3.4              | 1.2.3.4",
        "127.0.0.1 | 6.6.6.6, 1.2.3.4, 10.0.0.7    | 1.2.3.4",
        "127.0.0.1 | 10.0.0.9, 10.0.0.7            | 10.0.0.9",
        "127.0.0.1 | 6.6.6.6,, 1.2.3.4 ,           | 1.2.3.4",
        "127.0.0.1 | 1.2.3.4:5678                  | 1.2.3.4",
        "127.0.0.1 | [2001:db8::1]:5678            | 2001:db8::1",
        "127.0.0.1 | 2001:db8::1                   | 2001:db8::1",
        "127.0.0.1 | 127.0.0.5                     | 127.0.0.5",
        "127.0.0.1 | unknown                       | 0.0.0.0",
        "127.0.0.1 | 1.2.3.4, garbage              | 0.0.0.0",
        "127.0.0.1 | ''                            | 127.0.0.1",
        "8.8.8.8   | 127.0.0.1                     | 8.8.8.8",
      })
  void believesTheRightmostEntryThatIsNoProxyOfOurs(String peer, String header, String client) {
    HttpHeaders headers = new DefaultHttpHeaders().set(Forwarded.FOR, header);
    assertThat(of(peer, headers).client())
        .isEqualTo(NetUtil.createInetAddressFromIpAddressString(client));
  }

  @Test
  void readsSeveralHeadersAsOneList() {
    HttpHeaders headers =
        new DefaultHttpHeaders().add(Forwarded.FOR, List.of("6.6.6.6", "1.2.3.4"));
    assertThat(of("::1", headers).client().getHostAddress()).isEqualTo("1.2.3.4");
  }

  @Test
  void believesHostAndSchemeOfATrustedProxyAlone() {
    HttpHeaders headers =
        new DefaultHttpHeaders().set(Forwarded.HOST, "site.example").set(Forwarded.PROTO, "https");
    assertThat(of("127.0.0.1", headers).host()).contains("site.example");
    assertThat(of("127.0.0.1", headers).scheme()).contains("https");
    assertThat(of("8.8.8.8", headers).host()).isEmpty();
    assertThat(of("8.8.8.8", headers).scheme()).isEmpty();
  }

  @Test
  void countsAnIpv6HostWithItsWholeSubnet() {
    assertThat(network("2001:db8::1")).isEqualTo(network("2001:db8::ffff:2"));
    assertThat(network("2001:db8::1")).isNotEqualTo(network("2001:db8:0:1::1"));
    assertThat(network("1.2.3.4")).isNotEqualTo(network("1.2.3.5"));
  }

  private static Network network(String address) {
    return Network.of(NetUtil.createInetAddressFromIpAddressString(address));
  }

  private static Forwarded of(String peer, HttpHeaders headers) {
    return Forwarded.of(NetUtil.createInetAddressFromIpAddressString(peer), headers, TRUSTED);
  }
}
