package io.pushgate.gateway.client.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.NetUtil;
import io.pushgate.gateway.http.Forwarded;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How much is kept of requests that carry a nonce, and what of it is shown. */
class ProbesTest {
  private static final InetAddress PEER = NetUtil.LOCALHOST4;

  private long millis = 1_000_000;
  private final Probes probes = new Probes(() -> millis);

  @Test
  void showsTheLineWithTheValuesOfTheQueryMasked() {
    HttpRequest request = request(nonce(1), "/ws/alice?token=secret&after=u1&flag&=x&");
    request.headers().set("Cookie", "pushgate_token=secret").set("Host", "site.example");
    request.headers().set("Sec-WebSocket-Protocol", "pushgate.v1, bearer.secret");
    record(request, "1.2.3.4");
    Arrival arrival = probes.of(nonce(1)).get(0);
    assertThat(arrival.line()).isEqualTo("GET /ws/alice?token=*&after=*&*&=*& HTTP/1.1");
    assertThat(arrival.version()).isEqualTo("HTTP/1.1");
    assertThat(arrival.peer()).isEqualTo("127.0.0.1");
    assertThat(arrival.ts()).isEqualTo(millis);
    assertThat(arrival.headers())
        .contains(
            new Arrival.Header("Cookie", 21, Optional.empty()),
            new Arrival.Header("Host", 12, Optional.of("site.example")),
            new Arrival.Header("Sec-WebSocket-Protocol", 26, Optional.of("pushgate.v1, bearer.*")));
    assertThat(arrival.toString()).doesNotContain("secret");
  }

  @Test
  void keepsAProbeForAMinute() {
    record(request(nonce(1), "/"), "1.2.3.4");
    millis += 60_000;
    assertThat(probes.of(nonce(1))).hasSize(1);
    millis += 1;
    assertThat(probes.of(nonce(1))).isEmpty();
  }

  @Test
  void keepsTheNewestSixteenOfOneClient() {
    for (int i = 0; i < 17; i++) {
      record(request(nonce(i), "/"), "1.2.3.4");
    }
    assertThat(probes.of(nonce(0))).isEmpty();
    assertThat(probes.of(nonce(1))).hasSize(1);
    assertThat(probes.of(nonce(16))).hasSize(1);
  }

  @Test
  void keepsTheNewest256OfAll() {
    for (int i = 0; i < 257; i++) {
      record(request(nonce(i), "/"), "1.2.3." + i / 16);
    }
    assertThat(probes.of(nonce(0))).isEmpty();
    assertThat(probes.of(nonce(1))).hasSize(1);
    assertThat(probes.of(nonce(256))).hasSize(1);
  }

  @Test
  void takesThirtyTwoHexDigitsOfEitherCaseAndNothingElse() {
    String nonce = "ABCDEFabcdef0123456789ABCDEFabcd";
    record(request(nonce, "/"), "1.2.3.4");
    assertThat(probes.of(nonce.toLowerCase(Locale.ROOT))).hasSize(1);
    record(request("g".repeat(32), "/"), "1.2.3.4");
    record(request("a".repeat(31), "/"), "1.2.3.4");
    assertThat(probes.of("g".repeat(32))).isEmpty();
    assertThat(probes.of("a".repeat(31))).isEmpty();
  }

  private void record(HttpRequest request, String client) {
    InetAddress address = NetUtil.createInetAddressFromIpAddressString(client);
    probes.record(request, new Forwarded(address, Optional.empty(), Optional.empty()), PEER);
  }

  private static HttpRequest request(String nonce, String target) {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target);
    request.headers().set(Probes.HEADER, nonce);
    return request;
  }

  private static String nonce(int number) {
    return "%032x".formatted(number);
  }
}
