package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.ingress.FakeRouter.Mode;
import io.pushgate.gateway.testing.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP form as its users know it: through the real curl. */
class CurlTest {
  private static final String PUSH = "{\"to\":\"a\",\"id\":\"i\",\"data\":1}";
  private static final String ACK =
      "{\"op\":\"ack\",\"id\":\"i\",\"users\":1,\"sessions\":2,\"held\":\"memory\"}\n";

  @TempDir private Path directory;

  private FakeRouter router;
  private IngressServer server;

  @BeforeEach
  void start() {
    router = new FakeRouter(Mode.LATE_AND_SHUFFLED);
    server = new IngressServer(router);
  }

  @AfterEach
  void stop() {
    server.close();
    router.close();
  }

  @Test
  void pushesOne() {
    assertThat(curl("-d", PUSH)).isEqualTo(ACK + "200");
  }

  @Test
  void pushesByHttpOneZero() {
    assertThat(curl("--http1.0", "-d", PUSH)).isEqualTo(ACK + "200");
  }

  @Test
  void pushesAFileThatCurlAsksToContinueWith() throws IOException {
    int lines = 40_000;
    Path file = file((PUSH + "\n").repeat(lines));
    assertThat(Files.size(file)).isGreaterThan(1 << 20);
    assertThat(curl("--data-binary", "@" + file)).isEqualTo(ACK.repeat(lines) + "200");
    assertThat(curl("--data-binary", "@" + file, "-H", "Transfer-Encoding: chunked"))
        .isEqualTo(ACK.repeat(lines) + "200");
  }

  @Test
  void isToldThatAFileIsTooLarge() throws IOException {
    Path file = file("{\"to\":\"a\",\"data\":1}\n".repeat(1_000_000));
    assertThat(curl("--data-binary", "@" + file))
        .contains("\"code\":\"too_large\"")
        .endsWith("413");
  }

  @Test
  void seesTheStatusOfANack() {
    assertThat(curl("-d", "{\"to\":\"a\"}")).contains("data: is missing").endsWith("400");
  }

  @Test
  void isTakenForAPageWhenItSaysSo() {
    assertThat(curl("-H", "Origin: https://evil.example", "-d", PUSH))
        .contains("\"code\":\"forbidden_origin\"")
        .endsWith("403");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("body"), text);
  }

  private String curl(String... options) {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "-w", "%{http_code}"));
    command.addAll(List.of(options));
    command.add("http://127.0.0.1:%d/push".formatted(server.port()));
    Finished finished = Finished.run(command.toArray(String[]::new));
    assertThat(finished.exitCode()).as(finished.output()).isZero();
    return finished.output();
  }
}
