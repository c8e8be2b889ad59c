package io.pushgate.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.client.RawClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Handshakes that are too many, at one time or in one second. */
class HandshakeLimitTest {
  private static final String WS = "/api/v1/notifications/ws/alice";
  private static final String SSE = "/api/v1/notifications/sse/alice";

  @Test
  void refusesHandshakesPastTheRateAndNothingElse() throws IOException {
    try (PublicServer server = new PublicServer("handshake-rate=1")) {
      Answer refused = refusedHandshake(server, WS + "?cid=c1");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.code()).isEqualTo("rate_limited");
      assertThat(refused.json().path("hop").path("upgrade").asText()).isEqualTo("websocket");
      assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 11);
      try (RawClient client = server.connect()) {
        for (String target : List.of("/", "/pushgate.js", "/index.html")) {
          assertThat(client.lines(get(target)).answer().status()).as(target).isEqualTo(200);
        }
        String nonce = "0123456789abcdef0123456789abcdef";
        client.lines(get("/", "X-Pushgate-Probe: " + nonce + "\n")).answer();
        assertThat(client.lines(get("/api/v1/notifications/probe/" + nonce)).answer().status())
            .isEqualTo(200);
      }
      assertThat(server.metrics.scrape())
          .contains("pushgate_limit_hits_total{limit=\"handshake-rate\"}");
    }
  }

  @Test
  void tellsAPageWhyItsHandshakeWasRefused() throws IOException {
    try (PublicServer server = new PublicServer("handshake-rate=1")) {
      refusedHandshake(server, WS + "?cid=c2");
      try (RawClient client = server.connect()) {
        Answer told = client.lines(get(WS + "?cid=c2")).answer();
        assertThat(told.status()).as("the pace is spent, or not any more").isIn(429, 426);
        assertThat(told.json().path("attempt").path("status").asInt()).isEqualTo(429);
        assertThat(told.json().path("attempt").path("code").asText()).isEqualTo("rate_limited");
      }
    }
  }

  @Test
  void refusesBeforeAnyOriginOrTokenIsLookedAt() throws IOException {
    try (PublicServer server = new PublicServer("handshake-rate=1")) {
      refusedHandshake(server, WS);
      int status = 0;
      for (int i = 0; i < 100 && status != 429; i++) {
        try (RawClient client = server.connect()) {
          status = client.lines(get(SSE, "Origin: https://else.example\n")).answer().status();
        }
      }
      assertThat(status).isEqualTo(429);
    }
  }

  @Test
  void doesNotSendAllBackInTheSameSecond() throws IOException {
    try (PublicServer server = new PublicServer("handshake-rate=1");
        RawClient client = server.connect()) {
      refusedHandshake(server, WS);
      Set<String> seconds = new HashSet<>();
      for (int i = 0; i < 200; i++) {
        // A head that no page may send: what passes the rate is refused, too, and nothing is
        // opened.
        Answer answer = client.lines(get(SSE, "Origin: null\n")).answer();
        if (answer.status() == 429) {
          seconds.add(answer.header("retry-after"));
        }
      }
      assertThat(seconds.size()).isGreaterThan(5);
    }
  }

  @Test
  void refusesHandshakesWhileTooManyAreUnderWay() throws IOException {
    try (PublicServer server = new PublicServer("max-handshakes=3", "handshake-timeout=60s")) {
      List<RawClient> silent = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        silent.add(server.connect());
      }
      try (RawClient late = server.connect();
          RawClient page = server.connect()) {
        Answer refused = late.lines(SessionOpeningTest.handshake(WS, "")).answer();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("overloaded");
        assertThat(refused.header("retry-after")).isNotNull();
        assertThat(late.isClosedByServer()).isTrue();
        assertThat(page.lines(get("/")).answer().status())
            .as("what is no handshake")
            .isEqualTo(200);
      }
      RawClient first = silent.remove(0).lines(SessionOpeningTest.handshake(WS, ""));
      assertThat(first.head().status()).as("who was there before").isEqualTo(101);
      try (RawClient next = server.connect()) {
        next.lines(SessionOpeningTest.handshake(WS, ""));
        assertThat(next.head().status()).as("its place is free").isEqualTo(101);
      }
      first.close();
      for (RawClient client : silent) {
        client.close();
      }
      assertThat(server.metrics.scrape())
          .contains("pushgate_limit_hits_total{limit=\"max-handshakes\"} 1");
    }
  }

  /** At one handshake a second, one of a few is refused on the slowest machine. */
  private static Answer refusedHandshake(PublicServer server, String target) throws IOException {
    for (int i = 0; i < 100; i++) {
      try (RawClient client = server.connect()) {
        Answer answer = client.lines(SessionOpeningTest.handshake(target, "")).answer();
        if (answer.status() != 101) {
          return answer;
        }
      }
    }
    throw new AssertionError("a hundred handshakes were let in");
  }

  private static String get(String target) {
    return get(target, "");
  }

  private static String get(String target, String headers) {
    return "GET " + target + " HTTP/1.1\nHost: localhost\n" + headers + "\n";
  }
}
