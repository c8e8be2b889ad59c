package io.pushgate.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.protocol.testing.ClosedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushCommandTest {
  private static final String ACK =
      "{\"op\":\"ack\",\"id\":\"x\",\"users\":1,\"sessions\":2,\"held\":\"memory\"}";

  @TempDir Path folder;

  @Test
  void whatIsGivenIsPushedAndTheAckPrinted() throws Exception {
    try (ScriptedServer server = answering(ACK)) {
      CommandLineRun run =
          push(
              server,
              "--to=a@example.com,b@example.com",
              "--data={\"n\":17}",
              "--type=order.paid",
              "--id=x",
              "--ttl=1h",
              "--collapse=orders");
      assertThat(server.seen())
          .isEqualTo(
              """
              {"op":"push","id":"x","to":["a@example.com","b@example.com"],"type":"order.paid",\
              "data":{"n":17},"ttl":3600,"collapse":"orders"}""");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).isEqualTo(ACK + System.lineSeparator());
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void everyoneIsAStar() throws Exception {
    try (ScriptedServer server = answering(ACK)) {
      push(server, "--to", "*", "--data", "-1");
      assertThat(server.seen()).isEqualTo("{\"op\":\"push\",\"to\":\"*\",\"data\":-1}");
    }
  }

  @Test
  void dataMayComeFromAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("data.json"), "[1,\n2]\n");
    try (ScriptedServer server = answering(ACK)) {
      push(server, "--to", "a", "--data", "@" + file);
      assertThat(server.seen()).isEqualTo("{\"op\":\"push\",\"to\":\"a\",\"data\":[1, 2]}");
    }
  }

  @Test
  void theSecretIsSaidFirstAndItsAnswerNotPrinted() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "s3cret\n");
    ScriptedServer.Script script =
        connection -> {
          connection.readLine();
          connection.readLine();
          connection.write("{\"op\":\"ok\",\"resumed\":false}\n" + ACK + "\n");
        };
    try (ScriptedServer server = new ScriptedServer(script)) {
      CommandLineRun run =
          push(server, "--to", "a", "--data", "1", "--secret-file", secret.toString());
      assertThat(server.seen()).isEqualTo("{\"op\":\"hello\",\"secret\":\"s3cret\"}");
      assertThat(run.out()).isEqualTo(ACK + System.lineSeparator());
    }
  }

  @Test
  void aNackIsExitCodeThree() throws Exception {
    String nack = "{\"op\":\"nack\",\"code\":\"overloaded\",\"message\":\"later\"}";
    try (ScriptedServer server = answering(nack)) {
      CommandLineRun run = push(server, "--to", "a", "--data", "1");
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.out()).isEqualTo(nack + System.lineSeparator());
    }
  }

  @Test
  void aGatewayThatIsNotThereIsOneLineAndExitCodeOne() throws IOException {
    try (ClosedPort closed = new ClosedPort()) {
      String address = "127.0.0.1:" + closed.number();
      CommandLineRun run =
          CommandLineRun.of("push", "--to", "a", "--data", "1", "--ingress", address);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .isEqualTo("pushgate push: cannot push to %s: Connection refused%n".formatted(address));
    }
  }

  @Test
  void aConnectionThatEndsBeforeTheAnswerAndOneThatIsNoGatewayAreExitCodeOne() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.Connection::readLine)) {
      CommandLineRun run = push(server, "--to", "a", "--data", "1");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("closed before the answer");
    }
    try (ScriptedServer server = answering("220 mail.example ESMTP")) {
      CommandLineRun run = push(server, "--to", "a", "--data", "1");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("no pushgate ingress port");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--data 1 | Missing required option: '--to=NAME[,NAME...]|*'",
        "--to a --data {\"n\": | --data: ",
        "--to me --data 1 | --to: user name 'me' is reserved",
        "--to a,,b --data 1 | --to: user name is empty",
        "--to a --data 1 --ttl 1500ms | --ttl: expected whole seconds or a time, not '1500ms'",
        "--to a --data 1 --ingress nowhere | --ingress: expected HOST:PORT, not 'nowhere'",
        "--to a --data @/no/such | --data: expected a readable file, not '/no/such'",
      })
  void aMisuseIsExitCodeTwoAndConnectsToNobody(String args, String line) {
    CommandLineRun run = CommandLineRun.of(("push " + args).split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("pushgate push: " + line).hasLineCount(1);
  }

  private static ScriptedServer answering(String line) throws IOException {
    return new ScriptedServer(
        connection -> {
          connection.readLine();
          connection.write(line + "\n");
        });
  }

  private static CommandLineRun push(ScriptedServer server, String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "push";
    all[1] = "--ingress";
    all[2] = "127.0.0.1:" + server.port();
    System.arraycopy(args, 0, all, 3, args.length);
    return CommandLineRun.of(all);
  }
}
