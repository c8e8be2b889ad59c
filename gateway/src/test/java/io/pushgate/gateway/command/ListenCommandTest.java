package io.pushgate.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenCommandTest {
  private static final String WELCOME =
      "{\"op\":\"welcome\",\"user\":\"a b\",\"session\":\"s\",\"cursor\":\"u1,e1\","
          + "\"resumed\":false,\"heartbeat\":25}";
  private static final String FIRST =
      "{\"op\":\"notification\",\"cursor\":\"u2\",\"id\":\"i\",\"ts\":1,\"data\":1}";
  private static final String SECOND =
      "{\"op\":\"notification\",\"cursor\":\"e2\",\"id\":\"j\",\"ts\":2,\"data\":2}";

  @Test
  void framesArePrintedUntilTheCountIsReached() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              upgrade(connection);
              text(connection, WELCOME);
              text(connection, FIRST);
              text(connection, SECOND);
              text(connection, FIRST);
              connection.read();
            })) {
      CommandLineRun run = listen(server, "--user", "a b/é", "--count", "2", "--after", "u0");
      assertThat(server.seen())
          .isEqualTo("GET /api/v1/notifications/ws/a%20b%2F%C3%A9?after=u0 HTTP/1.1");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().lines()).containsExactly(WELCOME, FIRST, SECOND);
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void aPageItIsNotSoItSendsNoOrigin() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              upgrade(connection);
              text(connection, WELCOME);
              text(connection, FIRST);
              connection.read();
            })) {
      listen(server, "--user", "a", "--count", "1");
      String line = server.seen();
      while (!line.isEmpty() && !line.startsWith("(")) {
        assertThat(line).doesNotStartWithIgnoringCase("origin:");
        line = server.seen();
      }
      assertThat(line).isEmpty();
    }
  }

  @Test
  void afterACutItResumesBehindWhatItGotOfBothJournals() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              upgrade(connection);
              text(connection, WELCOME);
              text(connection, FIRST);
              text(connection, "{\"op\":\"reconnect\",\"delayMs\":1}");
              connection.write(0x88, 2, 1012 >> 8, 1012 & 0xFF);
              connection.read();
            },
            connection -> {
              upgrade(connection);
              text(connection, WELCOME.replace("u1,e1", "u2,e1").replace("false", "true"));
              text(connection, SECOND);
              connection.read();
            })) {
      CommandLineRun run = listen(server, "--user", "a", "--count", "2");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains(FIRST, SECOND);
      assertThat(run.err()).startsWith("closed with 1012").contains("after u2,e1");
      assertThat(server.seen()).isEqualTo("GET /api/v1/notifications/ws/a HTTP/1.1");
      String line = server.seen();
      while (!line.startsWith("GET") && !line.startsWith("(")) {
        line = server.seen();
      }
      assertThat(line).isEqualTo("GET /api/v1/notifications/ws/a?after=u2,e1 HTTP/1.1");
    }
  }

  @Test
  void everyNotificationIsAcknowledgedWhereThatIsAskedFor() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              upgrade(connection);
              text(connection, WELCOME);
              text(connection, FIRST);
              text(connection, SECOND);
              connection.tell(unmasked(connection));
              connection.tell(unmasked(connection));
            })) {
      CommandLineRun run = listen(server, "--user", "a", "--count", "2", "--ack");
      assertThat(run.exitCode()).isZero();
      String line = server.seen();
      while (!line.startsWith("{") && !line.startsWith("(")) {
        line = server.seen();
      }
      assertThat(line).isEqualTo("{\"op\":\"ack\",\"cursor\":\"u2,e1\"}");
      assertThat(server.seen()).isEqualTo("{\"op\":\"ack\",\"cursor\":\"u2,e2\"}");
    }
  }

  @Test
  void aRefusalIsExplained() throws Exception {
    String problem =
        """
        {"title":"Upgrade Required","status":426,"code":"upgrade_required",\
        "detail":"no Upgrade header arrived","fix":"proxy_set_header Upgrade $http_upgrade;"}""";
    try (ScriptedServer server = refusing("426 Upgrade Required", problem)) {
      CommandLineRun run = listen(server, "--user", "a");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines())
          .containsExactly(
              "refused with 426 Upgrade Required: upgrade_required",
              "detail: no Upgrade header arrived",
              "fix: proxy_set_header Upgrade $http_upgrade;");
    }
  }

  @Test
  void anAnswerThatIsNoGatewaysIsShownAsOneLine() throws Exception {
    try (ScriptedServer server = refusing("502 Bad Gateway", "<html>\n\u001b[31moops</html>")) {
      CommandLineRun run = listen(server, "--user", "a");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err().lines())
          .containsExactly(
              "refused with 502 Bad Gateway, which is no answer of a gateway: <html> [31moops</html>");
    }
  }

  @Test
  void aCodeAfterWhichNobodyComesBackEndsIt() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              upgrade(connection);
              text(connection, WELCOME);
              connection.write(0x88, 10, 4409 >> 8, 4409 & 0xFF);
              connection.write("replaced");
              connection.read();
            })) {
      CommandLineRun run = listen(server, "--user", "a");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err().strip()).isEqualTo("closed with 4409 replaced");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--user * | --user: the name '*' is reserved",
        "--user a --url ftp://x | --url: expected such as ws://127.0.0.1:8000, not 'ftp://x'",
        "--user a --after u1,u2 | --after: expected a position, not 'u1,u2'",
        "--user a --count -1 | --count: expected a number, not '-1'",
        "--user a --token-file /no/such | --token-file: expected a readable file, not '/no/such'",
      })
  void aMisuseIsExitCodeTwo(String args, String line) {
    CommandLineRun run = CommandLineRun.of(("listen " + args).split(" "));
    assertThat(run.err().strip()).isEqualTo("pushgate listen: " + line);
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void theWaitGrowsStaysInItsBoundAndIsJittered() {
    Backoff backoff = new Backoff(1_000, 30_000);
    Random random = new Random(7);
    for (int attempt = 0; attempt < 100; attempt++) {
      long span = attempt < 5 ? 1_000L << attempt : 30_000;
      assertThat(backoff.delayMillis(attempt, random)).isBetween(span / 2, span);
    }
    assertThat(backoff.delayMillis(9, random)).isNotEqualTo(backoff.delayMillis(9, random));
  }

  private static CommandLineRun listen(ScriptedServer server, String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "listen";
    all[1] = "--url";
    all[2] = "ws://127.0.0.1:" + server.port();
    System.arraycopy(args, 0, all, 3, args.length);
    return CommandLineRun.of(all);
  }

  private static ScriptedServer refusing(String status, String body) throws IOException {
    return new ScriptedServer(
        connection -> {
          head(connection);
          connection.write(
              "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body));
          connection.read();
        });
  }

  private static void upgrade(ScriptedServer.Connection connection) throws IOException {
    String key = head(connection);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest(
                  (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                      .getBytes(StandardCharsets.US_ASCII));
      connection.write(
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: "
              + Base64.getEncoder().encodeToString(digest)
              + "\r\n\r\n");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Reads a request's head and answers its WebSocket key. */
  private static String head(ScriptedServer.Connection connection) throws IOException {
    String key = "";
    for (String line = connection.readLine(); !line.isEmpty(); line = connection.readLine()) {
      if (line.regionMatches(true, 0, "sec-websocket-key:", 0, 18)) {
        key = line.substring(18).strip();
      }
    }
    return key;
  }

  private static void text(ScriptedServer.Connection connection, String json) throws IOException {
    int length = json.length();
    if (length < 126) {
      connection.write(0x81, length);
    } else {
      connection.write(0x81, 126, length >> 8, length & 0xFF);
    }
    connection.write(json);
  }

  /** Reads one short masked frame. */
  private static String unmasked(ScriptedServer.Connection connection) throws IOException {
    connection.read();
    int length = connection.read() & 0x7F;
    int[] mask = {connection.read(), connection.read(), connection.read(), connection.read()};
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) (connection.read() ^ mask[i % 4]));
    }
    return text.toString();
  }
}
