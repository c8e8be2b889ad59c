package io.pushgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @TempDir Path folder;

  @Test
  void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
    Path file = file("# ports\n\npublic-port=1\ningress-port = 2 \nadmin-port=3\n");
    Settings settings =
        Settings.resolve(
            Map.of("config", file.toString(), "public-port", "11"),
            Map.of("PUSHGATE_PUBLIC_PORT", "21", "PUSHGATE_INGRESS_PORT", "22", "HOME", "/"));
    assertThat(settings.all())
        .contains(
            new Setting("public-port", "11", "command line"),
            new Setting("ingress-port", "22", "env PUSHGATE_INGRESS_PORT"),
            new Setting("admin-port", "3", "file " + file + ":5"),
            new Setting("heartbeat", "25s", "default"));
    assertThat(settings.config().listen().ingressPort()).isEqualTo(22);
  }

  @Test
  void theEnvironmentMayNameTheFile() throws IOException {
    Path file = file("admin-port=3");
    assertThat(
            Settings.resolve(Map.of(), Map.of("PUSHGATE_CONFIG", file.toString()))
                .config()
                .listen()
                .adminPort())
        .isEqualTo(3);
  }

  @Test
  void theStartScriptsOwnVariablesAreNotUnknown() {
    Map<String, String> environment = Map.of("PUSHGATE_JAVA", "j", "PUSHGATE_JAVA_OPTS", "-Xmx1g");
    assertThat(Settings.resolve(Map.of(), environment).all()).allMatch(Setting::isDefault);
  }

  @Test
  void anUnknownVariableIsToldWithTheNearestKnownOne() {
    assertThatThrownBy(() -> Settings.resolve(Map.of(), Map.of("PUSHGATE_HARTBEAT", "1s")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "unknown environment variable 'PUSHGATE_HARTBEAT', the nearest known one is"
                + " PUSHGATE_HEARTBEAT");
  }

  @Test
  void anUnknownKeyIsToldWithItsPlaceAndTheNearestKnownOne() throws IOException {
    Path file = file("public-port=1\njournal-cuont=5\n");
    assertThatThrownBy(() -> Settings.resolve(Map.of("config", file.toString()), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            file
                + ":2: unknown option 'journal-cuont', the nearest known one is"
                + " journal-count");
  }

  @Test
  void aLineWithoutAnEqualsSignAndADoubledKeyAreToldWithTheirPlace() throws IOException {
    Path bare = file("open\n");
    assertThatThrownBy(() -> Settings.resolve(Map.of("config", bare.toString()), Map.of()))
        .hasMessage(bare + ":1: expected option=value, not 'open'");
    Path doubled = file("public-port=1\npublic-port=2\n");
    assertThatThrownBy(() -> Settings.resolve(Map.of("config", doubled.toString()), Map.of()))
        .hasMessage(
            "%s:2: expected public-port once, but file %s:1 has it too"
                .formatted(doubled, doubled));
  }

  @Test
  void anUnreadableFileIsToldWithWhoAskedForIt() throws IOException {
    Path missing = folder.resolve("missing.conf");
    assertThatThrownBy(
            () -> Settings.resolve(Map.of(), Map.of("PUSHGATE_CONFIG", missing.toString())))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "--config: expected a readable file, not '%s' (env PUSHGATE_CONFIG)"
                .formatted(missing));
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});
    assertThatThrownBy(() -> Settings.resolve(Map.of("config", binary.toString()), Map.of()))
        .hasMessage("--config: expected UTF-8 text, not '%s' (command line)".formatted(binary));
    assertThatThrownBy(() -> Settings.resolve(Map.of("config", folder.toString()), Map.of()))
        .hasMessageStartingWith("--config: expected a readable file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "public-port | 65536 | a number from 0 to 65535",
        "public-port | ٣ | a number",
        "public-port | +1 | a number",
        "heartbeat | 25 | a time such as 500ms, 25s, 10m or 7d",
        "heartbeat | 0s | a time from 100ms to 1h",
        "journal-age | 999999999999999999d | a time such as 500ms, 25s, 10m or 7d",
        "journal-bytes | 64KB | a size such as 500, 64KiB or 1MiB",
        "journal-sync | never | interval or always",
        "journal-disk | 1 | a size from 1MiB to 1024TiB",
        "receipt-count | 0 | a number from 1 to 1000000000",
        "data-dir | '' | a directory",
        "max-client-frame | 4GiB | a size from 125 to 1MiB",
        "max-payload | 1000001 | a size from 1 to 1000000",
        "max-payload | 4GiB | a size from 1 to 1000000",
        "broker | redis | memory or disk",
        "transport | EPOLL | auto or epoll or io_uring or nio",
        "event-loops | 0 | a number from 1 to 1024",
        "open | yes | true or false",
        "allowed-origins | * | origins such as https://app.example.com, separated by commas",
        "trusted-proxies | 10.0.0.1/8"
            + " | addresses or blocks such as 10.0.0.0/8, separated by commas",
        "public-host | gateway.example | an IP address or localhost",
      })
  void aValueThatIsNoneIsToldWithOptionExpectationAndSource(
      String option, String value, String expected) {
    assertThatThrownBy(() -> Settings.resolve(Map.of(option, value), Map.of()).config())
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "--%s: expected %s, not '%s' (command line)".formatted(option, expected, value));
  }

  @Test
  void aPayloadMustFitIntoAJournal() {
    assertThatThrownBy(() -> GatewayConfig.of("journal-bytes=1KiB"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "--max-payload: expected at most --journal-bytes (1KiB), not '64KiB' (default)");
    assertThat(GatewayConfig.of("journal-bytes=1KiB", "max-payload=1KiB")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"public-host", "ingress-host", "admin-host"})
  void aPortBeyondLoopbackIsRefusedWhereNothingProtectsIt(String option) {
    assertThatThrownBy(() -> GatewayConfig.of(option + "=0.0.0.0"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("--" + option + ": expected a loopback address, since ");
    assertThatThrownBy(() -> GatewayConfig.of(option + "=::")).isInstanceOf(ConfigException.class);
    assertThat(GatewayConfig.of(option + "=127.9.9.9")).isNotNull();
    assertThat(GatewayConfig.of(option + "=::1")).isNotNull();
    assertThat(GatewayConfig.of(option + "=localhost")).isNotNull();
  }

  @Test
  void openLetsThePublicPortAloneBeReachedFromElsewhere() {
    assertThat(GatewayConfig.of("public-host=0.0.0.0", "open=true")).isNotNull();
    assertThatThrownBy(() -> GatewayConfig.of("ingress-host=0.0.0.0", "open=true"))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void whatAnOperatorWroteStaysOnOneLine() {
    assertThatThrownBy(
            () -> Settings.resolve(Map.of("heartbeat", "1\n\u001b[31m"), Map.of()).config())
        .hasMessageContaining("'1\\u000a\\u001b[31m'");
  }

  @Test
  void theRoomOfTheDataDirectoryIsThatOfItsOwnDisk() {
    assertThat(DiskRoom.forJournals("/proc/data")).isLessThan(1 << 21);
    assertThat(GatewayConfig.of("data-dir=/proc/data").broker().disk())
        .isEqualTo(new DiskConfig(Path.of("/proc/data"), JournalSync.INTERVAL, 1 << 20));
  }

  @Test
  void whatTheDataDirectoryHoldsIsRoomOfItsOwn() throws IOException {
    Path held = Files.createDirectories(folder.resolve("data/engine")).resolve("file");
    try (RandomAccessFile file = new RandomAccessFile(held.toFile(), "rw")) {
      file.setLength(1L << 42); // Sparse: it takes no room, and is told as if it did.
    }
    assertThat(DiskRoom.forJournals(folder.resolve("data").toString()))
        .isGreaterThan((1L << 42) / 10 * 9 - (1 << 20));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "x", ".conf"), text);
  }
}
