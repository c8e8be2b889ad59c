package io.pushgate.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.Main;
import io.pushgate.gateway.testing.ChildJvm;
import io.pushgate.gateway.testing.HttpCall;
import io.pushgate.gateway.testing.TextSocket;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says and does where it keeps its journals on disk. */
class DataDirectoryProcessTest {
  private static final Pattern LISTENING =
      Pattern.compile("listening public=\\S+:(\\d+) ingress=\\S+:(\\d+) admin=\\S+:(\\d+)");

  @TempDir Path folder;

  @Test
  void whatWasAckedIsThereBehindAKillAndACursorGoesOnWithoutAGap() throws Exception {
    String cursor;
    try (ChildJvm gateway = start()) {
      Matcher ports = ports(gateway);
      push(ports, "1");
      try (TextSocket alice = connect(ports, "")) {
        assertThat(alice.next()).contains("\"op\":\"welcome\"");
        String first = alice.next();
        assertThat(first).contains("\"data\":1");
        cursor = first.replaceAll(".*\"cursor\":\"([^\"]+)\".*", "$1");
      }
      push(ports, "2");
      gateway.kill();
    }
    try (ChildJvm gateway = start()) {
      Matcher ports = ports(gateway);
      try (TextSocket alice = connect(ports, "?after=" + cursor)) {
        assertThat(alice.next()).contains("\"resumed\":true");
        assertThat(alice.next()).contains("\"data\":2");
      }
    }
  }

  @Test
  void aDirectoryInUseIsOneLineThatNamesItAndExitCodeOne() throws Exception {
    try (ChildJvm first = start();
        ChildJvm second = started(first)) {
      assertRefused(second, "in use by another process");
    }
  }

  @Test
  void aNewerFormatIsOneLineThatNamesItAndExitCodeOne() throws Exception {
    begin();
    Files.writeString(data().resolve("FORMAT"), "pushgate 999\n");

    try (ChildJvm gateway = start()) {
      assertRefused(gateway, "format 999");
    }
  }

  @Test
  void aDamagedStoreIsOneLineThatNamesTheFileAndExitCodeOne() throws Exception {
    begin();
    Path manifest;
    try (Stream<Path> files = Files.list(data().resolve("rocksdb"))) {
      manifest =
          files
              .filter(file -> file.getFileName().toString().startsWith("MANIFEST"))
              .findFirst()
              .orElseThrow();
    }
    try (RandomAccessFile file = new RandomAccessFile(manifest.toFile(), "rw")) {
      file.seek(file.length() / 2);
      int octet = file.read();
      file.seek(file.length() / 2);
      file.write(octet ^ 0x55);
    }

    try (ChildJvm gateway = start()) {
      assertRefused(gateway, manifest.getFileName().toString());
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** Leaves a store that was closed as it should be. */
  private void begin() throws Exception {
    try (ChildJvm gateway = start()) {
      ports(gateway);
      gateway.terminate();
      assertThat(gateway.exitCode()).isZero();
    }
  }

  private void assertRefused(ChildJvm gateway, String reason) throws Exception {
    assertThat(gateway.awaitErr("pushgate serve: ")).contains(data().toString(), reason);
    assertThat(gateway.exitCode()).isEqualTo(1);
  }

  private ChildJvm started(ChildJvm first) throws Exception {
    ports(first);
    return start();
  }

  private ChildJvm start() throws Exception {
    return ChildJvm.start(
        Main.class,
        Map.of("PUSHGATE_DATA_DIR", data().toString()),
        "--public-port=0",
        "--ingress-port=0",
        "--admin-port=0",
        "--drain=200ms",
        "--event-loops=1");
  }

  private static Matcher ports(ChildJvm gateway) throws InterruptedException {
    Matcher ports = LISTENING.matcher(gateway.awaitOut("listening "));
    assertThat(ports.matches()).isTrue();
    return ports;
  }

  private static void push(Matcher ports, String data) throws Exception {
    InetSocketAddress ingress =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ports.group(2)));
    String body = "{\"to\":\"alice@example.com\",\"data\":" + data + "}";
    assertThat(HttpCall.post(ingress, "/push", body).body()).contains("\"held\":\"disk\"");
  }

  private static TextSocket connect(Matcher ports, String query) throws Exception {
    return TextSocket.connect(
        URI.create(
            "ws://127.0.0.1:"
                + ports.group(1)
                + "/api/v1/notifications/ws/alice@example.com"
                + query));
  }
}
