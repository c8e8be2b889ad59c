package io.pushgate.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.protocol.testing.ClosedPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceCommandTest {
  private static final String PATH =
      "{\"id\":\"inv/17\",\"receivedTs\":1763793600123,\"journalledTs\":1763793600125,\"sent\":1,"
          + "\"acknowledged\":1,\"users\":["
          + "{\"user\":\"alice@example.com\",\"state\":\"held\",\"ts\":1763793600125,\"sessions\":["
          + "{\"session\":\"s1\",\"why\":\"its window is full\"}]},"
          + "{\"user\":\"bob\",\"state\":\"acknowledged\",\"ts\":1763793612623,\"sessions\":["
          + "{\"session\":\"s2\",\"sentTs\":1763793600133,\"ackedTs\":1763793612623},"
          + "{\"session\":\"s3\",\"sentTs\":1763793600134},{\"session\":\"s4\"}]},"
          + "{\"user\":\"carol\",\"state\":\"held\",\"ts\":1763793600125,\"sessions\":[]}]}";

  @TempDir Path folder;

  @Test
  void thePathOfANotificationIsALineAnEvent() throws Exception {
    try (ScriptedServer server = answering(200, PATH)) {
      CommandLineRun run = trace(server, "inv/17");
      assertThat(server.seen()).isEqualTo("GET /api/notifications/inv%2F17 HTTP/1.1");
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(run.out())
          .isEqualToNormalizingNewlines(
              """
              inv/17
                received 2025-11-22T06:40:00.123Z
                journalled +2 ms
                sent to 1 user, acknowledged by 1 user
              alice@example.com: held +2 ms
                session s1: not sent, its window is full
              bob: acknowledged +12.5 s
                session s2: sent +10 ms, acknowledged +12.5 s
                session s3: sent +11 ms, not acknowledged
                session s4: sent, nobody remembers when, not acknowledged
              carol: held +2 ms
                no session that is live or remembered
              """);
    }
  }

  @Test
  void aUsersSessionsAreALineEach() throws Exception {
    String sessions =
        "{\"user\":\"a+b\",\"sessions\":["
            + "{\"session\":\"s1\",\"transport\":\"websocket\",\"address\":\"127.0.0.1\","
            + "\"connectedMs\":4000,\"cursor\":\"u1,e1\",\"behind\":0,\"queuedBytes\":0},"
            + "{\"session\":\"s2\",\"transport\":\"sse\",\"address\":\"10.0.0.1\","
            + "\"connectedMs\":7384000,\"cursor\":\"u0,e1\",\"behind\":1,\"queuedBytes\":12,"
            + "\"why\":\"its socket takes no more\"}]}";
    try (ScriptedServer server = answering(200, sessions)) {
      CommandLineRun run = trace(server, "--user", "a+b");
      assertThat(server.seen()).isEqualTo("GET /api/users/a%2Bb HTTP/1.1");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out())
          .isEqualToNormalizingNewlines(
              "a+b\n"
                  + "  session s1: websocket from 127.0.0.1, connected for 4000 ms, at u1,e1,"
                  + " has all there is\n"
                  + "  session s2: sse from 10.0.0.1, connected for 2 h 3 min, at u0,e1,"
                  + " behind in one journal, its socket takes no more,"
                  + " 12 bytes of a frame half-written\n");
    }
  }

  @Test
  void theAnswerMayBeHadAsItCame() throws Exception {
    try (ScriptedServer server = answering(200, PATH)) {
      assertThat(trace(server, "inv/17", "--json").out()).isEqualToNormalizingNewlines(PATH + "\n");
    }
  }

  @Test
  void whatIsNotKnownIsExitCodeThree() throws Exception {
    String problem = "{\"code\":\"not_found\",\"status\":404,\"detail\":\"nothing is known\"}";
    try (ScriptedServer server = answering(404, problem)) {
      CommandLineRun run = trace(server, "x");
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err())
          .isEqualToNormalizingNewlines("pushgate trace: nothing is known of 'x'\n");
    }
    try (ScriptedServer server = answering(200, "{\"user\":\"a\",\"sessions\":[]}")) {
      CommandLineRun run = trace(server, "--user", "a");
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.out()).isEqualToNormalizingNewlines("a: no session\n");
    }
  }

  @Test
  void theSecretIsABearerTokenAndARefusalIsExitCodeOne() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "s3cret\n");
    String problem = "{\"code\":\"unauthorized\",\"status\":401,\"detail\":\"no such secret\"}";
    try (ScriptedServer server = answering(401, problem)) {
      CommandLineRun run = trace(server, "x", "--secret-file", secret.toString());
      assertThat(heads(server)).contains("Authorization: Bearer s3cret");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .contains("refused with 401: unauthorized, detail: no such secret")
          .hasLineCount(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"user\":\"a\"}",
        "200 | hello",
        "404 | <html>nothing here</html>",
      })
  void whatIsNoGatewayIsExitCodeOne(int status, String body) throws Exception {
    try (ScriptedServer server = answering(status, body)) {
      CommandLineRun run = trace(server, "x");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("no").hasLineCount(1);
    }
  }

  @Test
  void aGatewayThatIsNotThereIsOneLineAndExitCodeOne() throws IOException {
    try (ClosedPort closed = new ClosedPort()) {
      String address = "127.0.0.1:" + closed.number();
      CommandLineRun run = CommandLineRun.of("trace", "x", "--admin", address);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .isEqualTo("pushgate trace: cannot ask %s: Connection refused%n".formatted(address));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | expected either an ID or --user",
        "x --user a | expected either an ID or --user",
        "--user me | --user: the name ",
        "x --admin nowhere | --admin: expected HOST:PORT, not 'nowhere'",
        "x y | unexpected argument 'y'",
      })
  void aMisuseIsExitCodeTwo(String args, String line) {
    CommandLineRun run = CommandLineRun.of(("trace " + args).strip().split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("pushgate trace: " + line).hasLineCount(1);
  }

  /** Lines that the server read, up to the empty one behind the headers. */
  private static String heads(ScriptedServer server) throws InterruptedException {
    StringBuilder lines = new StringBuilder();
    for (String line = server.seen(); !line.isEmpty(); line = server.seen()) {
      lines.append(line).append('\n');
    }
    return lines.toString();
  }

  private static ScriptedServer answering(int status, String body) throws IOException {
    return new ScriptedServer(
        connection -> {
          for (String line = connection.readLine(); !line.isEmpty(); ) {
            line = connection.readLine();
          }
          int length = body.getBytes(StandardCharsets.UTF_8).length;
          connection.write(
              "HTTP/1.1 %d -\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                  .formatted(status, length, body));
        });
  }

  private static CommandLineRun trace(ScriptedServer server, String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "trace";
    all[1] = "--admin";
    all[2] = "127.0.0.1:" + server.port();
    System.arraycopy(args, 0, all, 3, args.length);
    return CommandLineRun.of(all);
  }
}
