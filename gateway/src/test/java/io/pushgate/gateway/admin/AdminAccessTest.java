package io.pushgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.pushgate.gateway.config.AdminConfig;
import io.pushgate.gateway.config.Secret;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.metrics.Metrics;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept of those who guess. */
class AdminAccessTest {
  private static final int ADDRESSES = 10_000;

  private final Metrics metrics = new Metrics();
  private final AdminAccess access =
      new AdminAccess(new AdminConfig(Optional.of(Secret.of("swordfish"))), metrics, () -> 0);

  @Test
  void guessersFromEverywhereTakeNoMoreThanTheTableHolds() {
    for (int n = 0; n <= ADDRESSES; n++) {
      guess(n);
    }
    assertThat(metrics.scrape())
        .contains("pushgate_table_entries{table=\"admin-wrong-secrets\"} 10000.0");

    // The first one had to go, and begins anew; the last ones did not.
    IntStream.range(0, 9).forEach(again -> guess(ADDRESSES));
    assertThat(guess(ADDRESSES)).isEqualTo(ProblemCode.RATE_LIMITED);
    IntStream.range(0, 10)
        .forEach(again -> assertThat(guess(0)).isEqualTo(ProblemCode.UNAUTHORIZED));
    assertThat(guess(0)).isEqualTo(ProblemCode.RATE_LIMITED);
  }

  /** A wrong secret from one of many addresses. */
  private ProblemCode guess(int address) {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/metrics");
    request.headers().set(HttpHeaderNames.HOST, "localhost");
    request.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer sardine");
    return access
        .objection(request, AdminPath.Place.METRICS, address(address))
        .orElseThrow()
        .code();
  }

  private static InetAddress address(int number) {
    byte[] octets = {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
