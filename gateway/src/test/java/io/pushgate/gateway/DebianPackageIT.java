package io.pushgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Finished;
import io.pushgate.gateway.testing.JavaSource;
import io.pushgate.gateway.testing.NotifyListener;
import io.pushgate.gateway.testing.ServiceUnit;
import io.pushgate.gateway.testing.ShellCommand;
import io.pushgate.gateway.testing.TextSocket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Debian package, installed by dpkg into a folder that stands for the machine's root: what it
 * brings, that its service runs from there as its unit says, and that it goes without a trace.
 */
class DebianPackageIT {
  private static final Path PACKAGE =
      JavaSource.projectRoot().resolve("gateway/target/pushgate.deb");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern LISTENING =
      Pattern.compile("listening public=(\\S+) ingress=(\\S+) admin=(\\S+)");

  @TempDir Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    Path database = Files.createDirectories(root.resolve("var/lib/dpkg"));
    Files.createDirectory(database.resolve("info"));
    Files.createDirectory(database.resolve("updates"));
    Files.createFile(database.resolve("status"));
  }

  @Test
  void saysWhatItIsAndWhatItNeeds() {
    assertThat(field("Package")).isEqualTo("pushgate");
    assertThat(field("Version")).matches("\\d+\\.\\d+\\.\\d+(~snapshot)?");
    assertThat(field("Architecture")).isEqualTo("all");
    assertThat(field("Depends"))
        .isEqualTo("default-jre-headless (>= 2:1.17) | java17-runtime-headless");
  }

  @Test
  void installsAServiceThatIsEnabledAndAConfigurationThatIsTheOperators() throws IOException {
    dpkg("--install", PACKAGE.toString());

    assertThat(root.resolve("etc/systemd/system/multi-user.target.wants/pushgate.service"))
        .isSymbolicLink();
    assertThat(Files.readString(root.resolve("etc/passwd")))
        .containsPattern("(?m)^pushgate:.*:/var/lib/pushgate:/usr/sbin/nologin$");
    assertThat(dpkg("--status", "pushgate")).contains("Conffiles:\n /etc/pushgate/pushgate.conf");
    assertThat(root.resolve("usr/share/doc/pushgate/copyright")).exists();
  }

  @Test
  void isPurgedWithItsDataButRemovedWithout() throws IOException {
    dpkg("--install", PACKAGE.toString());
    Path journal = Files.createDirectories(root.resolve("var/lib/pushgate/rocksdb"));

    dpkg("--remove", "pushgate");
    assertThat(journal).exists();
    assertThat(root.resolve("etc/pushgate/pushgate.conf")).exists();
    assertThat(root.resolve("usr/bin/pushgate")).doesNotExist();

    dpkg("--purge", "pushgate");
    assertThat(root.resolve("var/lib/pushgate")).doesNotExist();
    assertThat(root.resolve("etc/pushgate")).doesNotExist();
    assertThat(root.resolve("etc/systemd/system/multi-user.target.wants/pushgate.service"))
        .doesNotExist();
  }

  @Test
  void itsServiceServesAndStopsAsItsUnitSays() throws Exception {
    dpkg("--install", PACKAGE.toString());
    ServiceUnit unit = ServiceUnit.read(root.resolve("usr/lib/systemd/system/pushgate.service"));

    try (NotifyListener systemd = NotifyListener.at("@pushgate-package-" + UUID.randomUUID());
        ShellCommand service =
            ShellCommand.start(root, command(unit), environment(unit, systemd.name()))) {
      Matcher listening = service.awaitLine(LISTENING, PATIENCE);
      systemd.await("READY=1");
      systemd.await("WATCHDOG=1");
      assertThat(root.resolve("var/lib/pushgate/FORMAT")).exists();

      URI stream =
          URI.create("ws://" + listening.group(1) + "/api/v1/notifications/ws/alice%40example.com");
      try (TextSocket alice = TextSocket.connect(stream)) {
        assertThat(alice.next()).contains("\"op\":\"welcome\"");
        assertThat(push(listening.group(2))).contains("\"op\":\"ack\"", "\"held\":\"disk\"");
        assertThat(alice.next()).contains("\"op\":\"notification\"", "\"data\":\"Hello\"");
      }

      assertThat(unit.value("KillSignal")).isEqualTo("SIGTERM");
      service.terminate("pushgate.jar");
      String stopping = systemd.await("STOPPING=1");
      assertThat(service.awaitExit(unit.seconds("TimeoutStopSec"))).as(service.output()).isZero();
      assertThat(microseconds(stopping, "EXTEND_TIMEOUT_USEC"))
          .as("what a stop may take by default, within what systemd waits for it")
          .isLessThan(unit.seconds("TimeoutStopSec").toNanos() / 1_000);
    }
  }

  /** The unit's own, with what it names by absolute paths looked for below the root. */
  private String command(ServiceUnit unit) {
    String moved = unit.value("ExecStart").replaceAll("(?<=^| )/", root + "/");
    // The shell stays the parent, as the jar's process is looked for among its children.
    return moved + "; exit $?";
  }

  private Map<String, String> environment(ServiceUnit unit, String notifySocket)
      throws IOException {
    String state = "/var/lib/" + unit.value("StateDirectory");
    assertThat(Files.readAllLines(root.resolve("etc/pushgate/pushgate.conf")))
        .contains("data-dir=" + state);
    return Map.of(
        "NOTIFY_SOCKET",
        notifySocket,
        "WATCHDOG_USEC",
        Long.toString(unit.seconds("WatchdogSec").toNanos() / 1_000),
        "PUSHGATE_DATA_DIR",
        root + state,
        "PUSHGATE_PUBLIC_PORT",
        "0",
        "PUSHGATE_INGRESS_PORT",
        "0",
        "PUSHGATE_ADMIN_PORT",
        "0",
        "PUSHGATE_JAVA",
        Path.of(System.getProperty("java.home"), "bin/java").toString());
  }

  private static String push(String ingress) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + ingress + "/push"))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"to\":\"alice@example.com\",\"data\":\"Hello\"}"))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static long microseconds(String told, String name) {
    Matcher value = Pattern.compile("(?m)^" + name + "=(\\d+)$").matcher(told);
    assertThat(value.find()).as(told).isTrue();
    return Long.parseLong(value.group(1));
  }

  private static String field(String name) {
    return run("dpkg-deb", "--field", PACKAGE.toString(), name).strip();
  }

  /** The maintainer's scripts run outside of the root, in which there is nothing to run them by. */
  private String dpkg(String... arguments) {
    String[] command = {
      "env",
      "PATH=" + System.getenv("PATH") + ":/usr/sbin:/sbin", // Where dpkg looks for its own tools.
      "fakeroot",
      "dpkg",
      "--root=" + root,
      "--force-script-chrootless",
      "--force-depends",
      "--log=" + root.resolve("dpkg.log")
    };
    return run(Stream.of(command, arguments).flatMap(Stream::of).toArray(String[]::new));
  }

  private static String run(String... command) {
    Finished run = Finished.run(command);
    assertThat(run.exitCode()).as(run.output()).isZero();
    return run.output();
  }
}
