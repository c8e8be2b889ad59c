package io.pushgate.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.session.SessionRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of users in paths, in every way that clients and proxies write them. */
class UserPathTest {
  private static PublicServer server;

  @BeforeAll
  static void start() {
    server = new PublicServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "alice@example.com, alice@example.com",
    "alice%40example.com, alice@example.com",
    "%61lice%40example%2Ecom, alice@example.com",
    "a+b@example.com, a+b@example.com",
    "a%2Bb%40example.com, a+b@example.com",
    "a%2bb@example.com, a+b@example.com",
    "a%20b@example.com, a b@example.com",
    "a%2Fb@example.com, a/b@example.com",
    "a%252Fb@example.com, a%2Fb@example.com",
    "a%3Fb%23c@example.com, a?b#c@example.com",
    "a&b=c;d@example.com, a&b=c;d@example.com",
    "j%C3%BCrgen@example.com, jürgen@example.com",
    "jürgen@example.com, jürgen@example.com",
    "%E7%94%A8%E6%88%B7@%E4%BE%8B.example, 用户@例.example",
    "%F0%9F%90%99, 🐙",
    "Alice@Example.com, Alice@Example.com",
    "alice@example.zip, alice@example.zip",
    ".alice, .alice",
    "..., ...",
    "%2E%2E, ..",
    "Me, Me",
    "%2A%2A, **",
  })
  void decodesTheSegmentExactlyOnce(String segment, String name) throws Exception {
    String raw = new String(segment.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(userOf(raw)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"a, 254", "%C3%A9, 127", "%F0%9F%90%99, 63"})
  void takesNamesOfUpTo254Bytes(String character, int times) throws Exception {
    assertThat(userOf(character.repeat(times)).getBytes(StandardCharsets.UTF_8))
        .hasSizeBetween(252, 254);
  }

  private static String userOf(String segment) throws Exception {
    try (RawClient client = server.connect()) {
      client.lines("GET /api/v1/notifications/sse/" + segment + " HTTP/1.1\nHost: localhost\n\n");
      assertThat(client.head().status()).isEqualTo(200);
      SessionRequest session = server.router.attached.poll(60, TimeUnit.SECONDS);
      return session.user().value();
    }
  }
}
