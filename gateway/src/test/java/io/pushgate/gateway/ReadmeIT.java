package io.pushgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Finished;
import io.pushgate.gateway.testing.JavaSource;
import io.pushgate.gateway.testing.ShellCommand;
import io.pushgate.gateway.testing.TextSocket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the README says, as it is printed there, in a fresh clone. */
class ReadmeIT {
  private static final Duration BUILD_TIME = Duration.ofMinutes(8);
  private static final Duration STOP_TIME = Duration.ofSeconds(30);

  /** The README's ports belong to whoever runs it; the test takes free ones. */
  private static final Map<String, String> FREE_PORTS =
      Map.of("PUSHGATE_PUBLIC_PORT", "0", "PUSHGATE_INGRESS_PORT", "0", "PUSHGATE_ADMIN_PORT", "0");

  private static final Pattern LISTENING =
      Pattern.compile("listening public=(\\S+) ingress=(\\S+) admin=(\\S+)");

  @TempDir Path folder;

  @Test
  void itsCommandsStartAGatewayThatDeliversWhatTheyPush() throws Exception {
    Path clone = cloneProject();
    try (ShellCommand start = ShellCommand.start(clone, commandWith("java -jar"), FREE_PORTS)) {
      Matcher listening = start.awaitLine(LISTENING, BUILD_TIME);
      String ports = listening.group(1);
      String ingress = listening.group(2);
      String admin = listening.group(3);

      assertThat(statusOf("http://" + ports + "/")).isEqualTo(200);
      URI stream = URI.create("ws://" + ports + "/api/v1/notifications/ws/alice%40example.com");
      try (TextSocket alice = TextSocket.connect(stream)) {
        assertThat(alice.next()).contains("\"op\":\"welcome\"");

        for (String push :
            List.of(commandWith("| nc"), commandWith("http://127.0.0.1:8001/push"))) {
          assertThat(run(clone, push, ingress)).contains("\"op\":\"ack\"", "\"sessions\":1");
          assertThat(alice.next()).contains("\"op\":\"notification\"", "\"data\":\"Hello\"");
        }
      }

      String copied = run(clone, commandWith("/api/backup"), admin);
      // Behind the meter that curl shows where nobody sees what it reads.
      Matcher copy = Pattern.compile("\\{\"directory\":\"([^\"]+)\"\\}").matcher(copied);
      assertThat(copy.find()).as(copied).isTrue();
      assertThat(clone.resolve(copy.group(1)).resolve("FORMAT")).exists();

      start.terminate("pushgate.jar");
      assertThat(start.awaitExit(STOP_TIME)).isZero();
    }
  }

  @Test
  void continuousIntegrationRunsItsTestCommandAndNothingElse() throws IOException {
    String printed = commandWith(".ci/test").strip();
    List<String> lines = Files.readAllLines(JavaSource.projectRoot().resolve(".ci/run"));

    assertThat(lines)
        .filteredOn(line -> !line.startsWith("#"))
        .containsExactly("set -eu", "cd \"$(dirname \"$0\")/..\"", "exec " + printed);
  }

  private Path cloneProject() {
    Path clone = folder.resolve("pushgate");
    Finished cloned =
        Finished.run(
            "git", "clone", "--quiet", JavaSource.projectRoot().toString(), clone.toString());
    assertThat(cloned.exitCode()).as(cloned.output()).isZero();
    return clone;
  }

  private static String run(Path folder, String printed, String port) throws IOException {
    String[] hostAndPort = port.split(":", 2);
    String command =
        printed
            .replace("127.0.0.1 8001", hostAndPort[0] + " " + hostAndPort[1])
            .replaceAll("127\\.0\\.0\\.1:800[12]", port);
    assertThat(command).as("ports replaced").contains(hostAndPort[1]);
    Finished run = Finished.run("sh", "-c", "cd '" + folder + "' && " + command);
    assertThat(run.exitCode()).as(run.output()).isZero();
    return run.output();
  }

  /** The one block of shell in the README that contains these words. */
  private static String commandWith(String words) throws IOException {
    String readme = Files.readString(JavaSource.projectRoot().resolve("README.md"));
    Matcher block = Pattern.compile("(?ms)^```sh\\n(.*?)^```$").matcher(readme);
    List<String> found =
        block.results().map(match -> match.group(1)).filter(sh -> sh.contains(words)).toList();
    assertThat(found).as("blocks with " + words).hasSize(1);
    return found.get(0);
  }

  private static int statusOf(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(STOP_TIME).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
