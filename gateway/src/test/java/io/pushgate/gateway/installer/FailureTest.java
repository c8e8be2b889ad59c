package io.pushgate.gateway.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Finished;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong after something was written: the site is as it was in the end. */
final class FailureTest {
  @RegisterExtension static final OpenGateway GATEWAY = new OpenGateway();

  @TempDir Path folder;
  private Machine machine;

  @BeforeEach
  void start() {
    machine = Machine.withSite(folder, GATEWAY.port());
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  @Test
  void aReloadThatHasNoEffectIsFoundAndTakenBack() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      machine.write(
          "sites-enabled/pending",
          "server { listen 127.0.0.1:%d; }".formatted(taken.getLocalPort()));
      Map<String, String> withPending = machine.tree();

      Finished run = machine.install("--host", "push.example.com");

      assertThat(run.exitCode()).as(run.output()).isEqualTo(4);
      assertThat(run.output())
          .contains("not live", "[emerg] ", "Address already in use", "rolled back");
      assertThat(machine.tree()).isEqualTo(withPending);
      assertThat(machine.get("/").body()).isEqualTo("the site");
    }
  }

  @Test
  void aGatewayThatIsDownIsSaidAndNginxStaysReadyForIt() {
    try (Machine other = Machine.withSite(folder.resolve("second"), 1)) {
      Map<String, String> otherBefore = other.tree();
      Finished required = other.install("--require-gateway");
      assertThat(required.exitCode()).as(required.output()).isEqualTo(4);
      assertThat(required.output()).contains("nothing answers at 127.0.0.1:1", "rolled back");
      assertThat(other.tree()).isEqualTo(otherBefore);
      other.awaitStamp("");

      Finished run = other.install();
      assertThat(run.exitCode()).as(run.output()).isEqualTo(3);
      other.awaitStamp(Machine.STAMP);
      assertThat(other.install().exitCode()).isEqualTo(3);
    }
  }

  @Test
  void aGatewayThatSaysNothingIsSaidAndNotTakenForAReloadThatFailed() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Finished run = machine.install("--gateway", "127.0.0.1:" + silent.getLocalPort());

      assertThat(run.exitCode()).as(run.output()).isEqualTo(3);
      assertThat(run.output()).contains("finds no gateway", "silence");
    }
  }

  @Test
  void aSiteThatAsksForAPasswordFirstIsNotInstalledTo() {
    machine.write("users", "a:b\n");
    machine.write(
        "sites-available/push",
        Machine.SITE
            .formatted(machine.port())
            .replace("location", "auth_basic x; auth_basic_user_file users; location"));
    machine.nginx().reload();
    Map<String, String> protectedSite = machine.tree();

    Finished run = machine.install();

    assertThat(run.exitCode()).as(run.output()).isEqualTo(4);
    assertThat(run.output()).contains("auth_basic", "rolled back");
    assertThat(machine.tree()).isEqualTo(protectedSite);
  }

  @Test
  void anotherPathThatAnswersOtherwiseThanBeforeTakesItBack() {
    // An edit that nobody loaded yet, and that the reload would put into effect.
    machine.write(
        "sites-available/push",
        Machine.SITE.formatted(machine.port()).replace("200 \"the site\"", "503"));
    Map<String, String> broken = machine.tree();
    Finished run = machine.install();

    assertThat(run.exitCode()).as(run.output()).isEqualTo(4);
    assertThat(run.output()).contains("/ 2xx", "rolled back");
    assertThat(machine.tree()).isEqualTo(broken);
  }
}
