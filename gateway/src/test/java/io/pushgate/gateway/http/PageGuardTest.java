package io.pushgate.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageGuardTest {
  private static final PageGuard INGRESS = new PageGuard(false, false);
  private static final PageGuard ADMIN = new PageGuard(true, false);
  private static final PageGuard WITH_SECRET = new PageGuard(true, true);

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:1", "127.0.0.1:8001", "10.0.0.1", "[::1]:8001", "[::1]"})
  void localhostAndAddressesAreLetIn(String host) {
    assertThat(INGRESS.problem(headers("Host", host))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "localhost.",
        "",
        "localhost:x",
        "::1",
        "[::1",
        "[localhost]",
        "127.1",
        "0x7f.1",
        "localhost:99999",
        "@localhost"
      })
  void anyOtherHostIsForbiddenWhereThereIsNoSecret(String host) {
    assertThat(INGRESS.problem(headers("Host", host)))
        .get()
        .extracting(Problem::code)
        .isEqualTo(ProblemCode.FORBIDDEN_HOST);
    assertThat(WITH_SECRET.problem(headers("Host", host))).isEmpty();
  }

  @Test
  void aMissingHostIsForbiddenAndSaysWhatWasExpected() {
    assertThat(INGRESS.problem(headers()))
        .get()
        .extracting(Problem::detail)
        .isEqualTo(
            "Host was missing; expected localhost or an IP address, since this port has no secret");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8002, localhost:8002, true",
    "http://127.0.0.1, 127.0.0.1:80, true",
    "http://localhost:8000, localhost:8002, false",
    "http://evil.example, localhost:8002, false",
    "null, localhost:8002, false",
    "'', localhost:8002, false",
  })
  void onlyThePortsOwnPagesAreLetInAndOnlyWhereItHasSome(
      String origin, String host, boolean admitted) {
    HttpHeaders headers = headers("Host", host, "Origin", origin);
    assertThat(ADMIN.problem(headers).isEmpty()).isEqualTo(admitted);
    assertThat(INGRESS.problem(headers))
        .get()
        .extracting(Problem::code)
        .isEqualTo(ProblemCode.FORBIDDEN_ORIGIN);
  }

  @Test
  void aPageByHttpsIsThePortsOwnOnlyWhereAProxyMayBeBeforeIt() {
    HttpHeaders headers = headers("Host", "127.0.0.1", "Origin", "https://127.0.0.1");
    assertThat(WITH_SECRET.problem(headers)).isEmpty();
    assertThat(ADMIN.problem(headers)).isPresent();
  }

  @Test
  void aSecondOriginDoesNotHideBehindTheFirst() {
    HttpHeaders headers =
        headers("Host", "localhost:1", "Origin", "http://localhost:1", "Origin", "http://evil");
    assertThat(ADMIN.problem(headers)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "none, true",
    "same-origin, true",
    "same-site, false",
    "cross-site, false",
    "'', false"
  })
  void aRequestThatAnotherSitesPageMadeIsForbidden(String site, boolean admitted) {
    HttpHeaders headers = headers("Host", "localhost", "Sec-Fetch-Site", site);
    assertThat(INGRESS.problem(headers).isEmpty()).isEqualTo(admitted);
    assertThat(WITH_SECRET.problem(headers).isEmpty()).isEqualTo(admitted);
  }

  @Test
  void theProblemNamesWhatWasSeenAndWhatItWasComparedWith() {
    assertThat(ADMIN.problem(headers("Host", "localhost:8002", "Origin", "http://evil.example")))
        .get()
        .extracting(Problem::detail)
        .isEqualTo(
            "Origin was 'http://evil.example'; expected none, or this port's own"
                + " ('http://localhost:8002'): no web page may use this port");
  }

  private static HttpHeaders headers(String... namesAndValues) {
    HttpHeaders headers = new DefaultHttpHeaders();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }
}
