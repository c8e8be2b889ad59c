package io.pushgate.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.Main;
import io.pushgate.gateway.testing.ChildJvm;
import io.pushgate.gateway.testing.HttpCall;
import io.pushgate.gateway.testing.TestAuthority;
import io.pushgate.gateway.testing.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ingress port that is bound beyond this machine, as an operator has it. */
class ProtectedIngressTest {
  private static final Pattern LISTENING =
      Pattern.compile("listening public=\\S+ ingress=\\S+:(\\d+) admin=\\S+:(\\d+)");
  private static final Map<String, String> ALL_LOGS =
      Map.of("JAVA_TOOL_OPTIONS", "-Dorg.slf4j.simpleLogger.defaultLogLevel=debug");

  @TempDir Path folder;
  private Path secrets;
  private Path right;
  private Path wrong;

  @BeforeEach
  void writeSecrets() throws IOException {
    secrets = Files.writeString(folder.resolve("secrets"), "billing:swordfish\norders:x\n");
    right = Files.writeString(folder.resolve("right"), "swordfish\n");
    wrong = Files.writeString(folder.resolve("wrong"), "mackerel\n");
  }

  @Test
  void theSecretLetsInAndIsShownNowhere() throws Exception {
    try (ChildJvm gateway = start("--ingress-secret-file=" + secrets)) {
      assertThat(gateway.awaitErr("plain text")).contains("WARN", "--ingress-tls-cert");
      Matcher ports = LISTENING.matcher(gateway.awaitOut("listening "));
      assertThat(ports.matches()).isTrue();
      String ingress = "127.0.0.1:" + ports.group(1);

      assertThat(push(ingress, "--secret-file=" + right).exitCode()).isZero();
      assertThat(push(ingress, "--secret-file=" + wrong))
          .satisfies(run -> assertThat(run.exitCode()).isEqualTo(3))
          .satisfies(run -> assertThat(run.out()).contains("unauthorized"));
      assertThat(push(ingress).exitCode()).isEqualTo(3);
      String metrics =
          HttpCall.get(
                  new InetSocketAddress(
                      InetAddress.getLoopbackAddress(), Integer.parseInt(ports.group(2))),
                  "/metrics")
              .body();
      assertThat(metrics)
          .contains("pushgate_ingress_unauthorized_total{reason=\"wrong_secret\"} 1.0")
          .contains("pushgate_ingress_unauthorized_total{reason=\"no_secret\"} 1.0");

      gateway.terminate();
      assertThat(gateway.exitCode()).isZero();
      assertThat(gateway.printed() + metrics)
          .contains("DEBUG", "ingress-secret-file")
          .doesNotContain("swordfish", "mackerel");
    }
  }

  @Test
  void aCertificateLetsInAndASecretWithIt() throws Exception {
    TestAuthority authority = TestAuthority.create(folder, "authority");
    TestCertificate own = authority.certify("gateway");
    TestCertificate billing = authority.certify("billing");
    String ca = "--tls-ca=" + authority.certificate();
    try (ChildJvm gateway =
        start(
            "--ingress-secret-file=" + secrets,
            "--ingress-tls-cert=" + own.certificate(),
            "--ingress-tls-key=" + own.key(),
            "--ingress-tls-client-ca=" + authority.certificate())) {
      Matcher ports = LISTENING.matcher(gateway.awaitOut("listening "));
      assertThat(ports.matches()).isTrue();
      String ingress = "localhost:" + ports.group(1);
      String[] shown = {
        ca, "--tls-cert=" + billing.certificate(), "--tls-key=" + billing.key(), ""
      };

      shown[3] = "--secret-file=" + right;
      assertThat(push(ingress, shown).exitCode()).isZero();
      shown[3] = "--secret-file=" + wrong;
      assertThat(push(ingress, shown).exitCode()).isEqualTo(3);
      assertThat(push(ingress, ca, "--secret-file=" + right).exitCode()).isEqualTo(1);
      assertThat(push(ingress, "--secret-file=" + right).out()).contains("a client certificate");
      // For which the certificate is not; the secret must not be told there.
      assertThat(push(ingress.replace("localhost", "127.0.0.2"), shown).exitCode()).isEqualTo(1);
      gateway.terminate();
      assertThat(gateway.printed()).doesNotContain("plain text", "swordfish", "mackerel");
    }
  }

  @Test
  void whatCannotBeUsedIsALineAndExitCodeTwo() {
    TestCertificate old = TestCertificate.expired(folder, "old");

    assertMisuse("--ingress-tls-cert: ", "expired at 20", old.certificate(), old.key());
    assertMisuse("--ingress-tls-key: expected a file", "--ingress-tls-cert", old.certificate(), "");
    assertMisuse("--ingress-tls-cert: expected a file", "--ingress-tls-key", "", old.key());
  }

  private static void assertMisuse(String option, String part, Object certificate, Object key) {
    CommandLineRun run =
        CommandLineRun.of(
            Gateway::start,
            Map.of(),
            "serve",
            "--broker=memory",
            "--ingress-tls-cert=" + certificate,
            "--ingress-tls-key=" + key);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("pushgate serve: " + option).contains(part).hasLineCount(1);
  }

  private static ChildJvm start(String... protection) throws IOException {
    List<String> options = new ArrayList<>(List.of(protection));
    options.addAll(List.of("--broker=memory", "--event-loops=1", "--ingress-host=0.0.0.0"));
    options.addAll(List.of("--public-port=0", "--ingress-port=0", "--admin-port=0"));
    return ChildJvm.start(Main.class, ALL_LOGS, options.toArray(String[]::new));
  }

  private static CommandLineRun push(String ingress, String... more) {
    List<String> words = new ArrayList<>(List.of(more));
    words.addAll(0, List.of("push", "--ingress=" + ingress, "--to=alice", "--data=1"));
    return CommandLineRun.of(words.toArray(String[]::new));
  }
}
