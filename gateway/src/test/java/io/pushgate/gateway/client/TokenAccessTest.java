package io.pushgate.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.auth.TokenKeys;
import io.pushgate.gateway.auth.TokenMint;
import io.pushgate.gateway.client.RawClient.Answer;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.protocol.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By which of its ways a token travels, and what it opens. */
class TokenAccessTest {
  private static final String SECRET = "a secret of more than thirty-two bytes";
  private static final String OTHER = "another secret, of more than thirty-two bytes";

  /** What a request gets on which nothing else is wrong: a plain GET where an upgrade is needed. */
  private static final String LET_IN = "upgrade_required";

  @TempDir Path folder;
  private final Metrics metrics = new Metrics();
  private TokenKeys keys;
  private PublicServer server;
  private String alice;
  private String forged;

  @BeforeEach
  void start() throws IOException {
    server = serverWith();
    alice = token(SECRET, "alice@example.com", Duration.ofMinutes(1));
    forged = token(OTHER, "alice@example.com", Duration.ofMinutes(1));
  }

  @AfterEach
  void stop() {
    server.close();
    keys.close();
    metrics.close();
  }

  @Test
  void eachWayOfATokenOpens() throws IOException {
    assertThat(code("alice@example.com", "Authorization: Bearer " + alice)).isEqualTo(LET_IN);
    assertThat(code("alice@example.com", "authorization: bearer  " + alice)).isEqualTo(LET_IN);
    assertThat(code("alice@example.com", protocols("pushgate.v1, bearer." + alice)))
        .isEqualTo(LET_IN);
    assertThat(code("alice@example.com", "Cookie: a=b; pushgate_token=" + alice + "; c=d"))
        .isEqualTo(LET_IN);
    assertThat(code("alice%40example.com", "Cookie: pushgate_token=\"" + alice + "\""))
        .isEqualTo(LET_IN);
    assertThat(code("me", "Authorization: Bearer " + alice)).isEqualTo(LET_IN);
  }

  @Test
  void withoutATokenNobodyGetsInAlsoNotFromThisMachine() throws IOException {
    Answer answer = get("alice@example.com", "Accept: */*");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("unauthorized");
    assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
    assertThat(code("me", "Authorization: Basic YTpi")).isEqualTo("unauthorized");
  }

  @Test
  void theFirstTokenFoundIsTakenHoweverGoodALaterOneIs() throws IOException {
    String good = "Cookie: pushgate_token=" + alice;

    assertThat(code("alice@example.com", "Authorization: Bearer " + forged + "\n" + good))
        .isEqualTo("unauthorized");
    assertThat(
            code(
                "alice@example.com",
                protocols("pushgate.v1, bearer." + forged + ", bearer." + alice) + "\n" + good))
        .isEqualTo("unauthorized");
    String header = "Authorization: Bearer ";
    String offer = "pushgate.v1, bearer.";
    assertThat(code("alice@example.com", header + forged + "\n" + protocols(offer + alice)))
        .isEqualTo("unauthorized");
    assertThat(code("alice@example.com", header + alice + "\n" + protocols(offer + forged)))
        .isEqualTo(LET_IN);
    assertThat(code("alice@example.com", "Authorization: Basic x\n" + good)).isEqualTo(LET_IN);
    assertThat(code("alice@example.com", "Authorization: Bearer\n" + good))
        .isEqualTo("unauthorized");
  }

  @Test
  void aTokenOpensItsOwnUserAlone() throws IOException {
    Answer answer = get("bob@example.com", "Authorization: Bearer " + alice);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("forbidden_user");
  }

  @Test
  void aTokenInTheUrlCountsOnlyWhereItIsAllowed() throws IOException {
    String path = "alice@example.com?token=" + alice;

    assertThat(code(path, "Accept: */*")).isEqualTo("unauthorized");

    stopServer();
    server = serverWith("token-in-query=true");
    assertThat(code(path, "Accept: */*")).isEqualTo(LET_IN);
    assertThat(code(path, "Cookie: pushgate_token=" + forged)).isEqualTo("unauthorized");
  }

  @Test
  void withTokenKeysAPublicNameIsAnswered() throws IOException {
    try (RawClient client = server.connect()) {
      Answer answer =
          client
              .lines(
                  "GET /api/v1/notifications/ws/me HTTP/1.1\nHost: push.example.com\nAuthorization: Bearer %s\n\n"
                      .formatted(alice))
              .answer();
      assertThat(answer.code()).isEqualTo(LET_IN);
    }
  }

  @Test
  void noAnswerShowsAToken() throws IOException {
    for (String header :
        List.of(
            "Authorization: Bearer " + forged,
            protocols("bearer." + forged),
            "Cookie: pushgate_token=" + forged)) {
      assertThat(get("alice@example.com", header).body()).doesNotContain(forged);
    }
    assertThat(server.metrics.scrape()).doesNotContain(forged);
  }

  private String code(String path, String headers) throws IOException {
    return get(path, headers).code();
  }

  private Answer get(String path, String headers) throws IOException {
    try (RawClient client = server.connect()) {
      return client
          .lines(
              "GET /api/v1/notifications/ws/%s HTTP/1.1\nHost: %s\n%s\n\n"
                  .formatted(path, server.host(), headers))
          .answer();
    }
  }

  private static String protocols(String offered) {
    return "Sec-WebSocket-Protocol: " + offered;
  }

  private PublicServer serverWith(String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("keys"), SECRET);
    String[] options =
        Stream.concat(Stream.of("token-keys=" + file), Stream.of(more)).toArray(String[]::new);
    keys = TokenKeys.open(GatewayConfig.of(options).publicPort().tokens(), metrics.tokens());
    return new PublicServer(keys, options);
  }

  private void stopServer() {
    server.close();
    keys.close();
  }

  private String token(String secret, String user, Duration life) throws IOException {
    Path file = Files.writeString(folder.resolve("mint"), secret);
    return TokenMint.of(file).token(UserId.of(user), life, Optional.empty(), Optional.empty());
  }
}
