package io.pushgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Finished;
import io.pushgate.gateway.testing.JavaSource;
import io.pushgate.gateway.testing.ShellCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar that is shipped: what it holds, and that nothing it needs was left out of it. */
class PackagedJarIT {
  private static final Path GATEWAY = JavaSource.projectRoot().resolve("gateway");
  private static final Path JAR = GATEWAY.resolve("target/pushgate.jar");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern LISTENING =
      Pattern.compile("listening public=(\\S+) ingress=(\\S+) admin=(\\S+)");

  @Test
  void holdsTheNativesOfBothLinuxPlatformsAndNoOther() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.stream().map(ZipEntry::getName).filter(PackagedJarIT::isNative))
          .containsExactlyInAnyOrder(
              "librocksdbjni-linux64.so",
              "librocksdbjni-linux-aarch64.so",
              "META-INF/native/libnetty_transport_native_epoll_aarch_64.so",
              "META-INF/native/libnetty_transport_native_epoll_x86_64.so",
              "META-INF/native/libnetty_transport_native_io_uring42_aarch_64.so",
              "META-INF/native/libnetty_transport_native_io_uring42_x86_64.so");
    }
  }

  @Test
  void tellsTheJvmWhatItNeeds() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Main-Class")).isEqualTo(Main.class.getName());
      assertThat(manifest.getValue("Multi-Release")).isEqualTo("true");
      assertThat(manifest.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
    }
  }

  @Test
  void theStartScriptFindsItAndItsVersion() {
    Finished run = Finished.run("sh", GATEWAY.resolve("bin/pushgate").toString(), "--version");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).matches("pushgate \\d+\\.\\d+\\.\\d+\\S*\\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "io_uring", "nio"})
  void servesOnEachTransportAndStopsOnASignal(String transport, @TempDir Path data)
      throws Exception {
    Map<String, String> options =
        Map.of(
            "PUSHGATE_PUBLIC_PORT",
            "0",
            "PUSHGATE_INGRESS_PORT",
            "0",
            "PUSHGATE_ADMIN_PORT",
            "0",
            "PUSHGATE_TRANSPORT",
            transport,
            "PUSHGATE_DATA_DIR",
            data.toString(),
            "PUSHGATE_JAVA",
            Path.of(System.getProperty("java.home"), "bin/java").toString());
    // The shell stays the parent, as the jar's process is looked for among its children.
    String command = "bin/pushgate serve; exit $?";
    try (ShellCommand serve = ShellCommand.start(GATEWAY, command, options)) {
      Matcher listening = serve.awaitLine(LISTENING, PATIENCE);

      assertThat(bodyOf("http://" + listening.group(3) + "/metrics"))
          .contains("# TYPE jvm_memory_used_bytes gauge");

      serve.terminate("pushgate.jar");
      assertThat(serve.awaitExit(PATIENCE)).as(serve.output()).isZero();
      assertThat(serve.output()).doesNotContain("WARNING:");
    }
  }

  private static boolean isNative(String entry) {
    return List.of(".so", ".jnilib", ".dylib", ".dll").stream().anyMatch(entry::endsWith);
  }

  private static String bodyOf(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
