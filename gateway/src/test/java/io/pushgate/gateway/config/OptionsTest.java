package io.pushgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {

  @Test
  void everyOptionAndItsDefaultIsPinned() {
    String table =
        Options.all().stream()
            .map(option -> option.name() + " " + option.variable() + " " + option.fallbackText())
            .collect(Collectors.joining("\n"));
    assertThat(table)
        .isEqualTo(
            """
            public-host PUSHGATE_PUBLIC_HOST 127.0.0.1
            public-port PUSHGATE_PUBLIC_PORT 8000
            ingress-host PUSHGATE_INGRESS_HOST 127.0.0.1
            ingress-port PUSHGATE_INGRESS_PORT 8001
            admin-host PUSHGATE_ADMIN_HOST 127.0.0.1
            admin-port PUSHGATE_ADMIN_PORT 8002
            broker PUSHGATE_BROKER disk
            data-dir PUSHGATE_DATA_DIR data
            journal-sync PUSHGATE_JOURNAL_SYNC interval
            journal-count PUSHGATE_JOURNAL_COUNT 1000
            journal-bytes PUSHGATE_JOURNAL_BYTES 1MiB
            journal-age PUSHGATE_JOURNAL_AGE 7d
            journal-disk PUSHGATE_JOURNAL_DISK nine tenths of the free disk
            journal-memory PUSHGATE_JOURNAL_MEMORY half the heap
            dedupe-age PUSHGATE_DEDUPE_AGE 10m
            dedupe-count PUSHGATE_DEDUPE_COUNT 10000000
            receipt-count PUSHGATE_RECEIPT_COUNT 1000000
            token-keys PUSHGATE_TOKEN_KEYS none
            token-audience PUSHGATE_TOKEN_AUDIENCE any
            token-issuer PUSHGATE_TOKEN_ISSUER any
            token-leeway PUSHGATE_TOKEN_LEEWAY 30s
            token-in-query PUSHGATE_TOKEN_IN_QUERY false
            open PUSHGATE_OPEN false
            allowed-origins PUSHGATE_ALLOWED_ORIGINS the request's own host
            trusted-proxies PUSHGATE_TRUSTED_PROXIES 127.0.0.0/8,::1/128
            ingress-secret-file PUSHGATE_INGRESS_SECRET_FILE none
            ingress-tls-cert PUSHGATE_INGRESS_TLS_CERT none
            ingress-tls-key PUSHGATE_INGRESS_TLS_KEY none
            ingress-tls-client-ca PUSHGATE_INGRESS_TLS_CLIENT_CA none
            admin-secret-file PUSHGATE_ADMIN_SECRET_FILE none
            heartbeat PUSHGATE_HEARTBEAT 25s
            handshake-timeout PUSHGATE_HANDSHAKE_TIMEOUT 10s
            drain PUSHGATE_DRAIN 10s
            max-connection-age PUSHGATE_MAX_CONNECTION_AGE none
            max-connections PUSHGATE_MAX_CONNECTIONS from the descriptor limit
            max-connections-per-address PUSHGATE_MAX_CONNECTIONS_PER_ADDRESS 0
            max-handshakes PUSHGATE_MAX_HANDSHAKES three quarters of what descriptors allow
            handshake-rate PUSHGATE_HANDSHAKE_RATE 2500 a core
            max-buffered PUSHGATE_MAX_BUFFERED half the direct memory
            max-publishers PUSHGATE_MAX_PUBLISHERS 10000
            max-in-flight PUSHGATE_MAX_IN_FLIGHT an eighth of the heap
            max-sessions-per-user PUSHGATE_MAX_SESSIONS_PER_USER 20
            max-client-frame PUSHGATE_MAX_CLIENT_FRAME 4KiB
            client-rate PUSHGATE_CLIENT_RATE 100
            max-payload PUSHGATE_MAX_PAYLOAD 64KiB
            transport PUSHGATE_TRANSPORT auto
            event-loops PUSHGATE_EVENT_LOOPS one a core
            echo PUSHGATE_ECHO false""");
  }

  @Test
  void theDefaultsReachTheirRecords() {
    GatewayConfig config = GatewayConfig.defaults();
    assertThat(config.listen())
        .isEqualTo(new ListenConfig("127.0.0.1", 8000, "127.0.0.1", 8001, "127.0.0.1", 8002));
    assertThat(config.transport())
        .isEqualTo(
            new TransportConfig(TransportKind.AUTO, Runtime.getRuntime().availableProcessors()));
    assertThat(config.broker())
        .isEqualTo(
            new BrokerConfig(
                BrokerKind.DISK,
                new JournalConfig(
                    1000, 1 << 20, Duration.ofDays(7), Runtime.getRuntime().maxMemory() / 2),
                Duration.ofMinutes(10),
                10_000_000,
                1_000_000,
                new DiskConfig(
                    Path.of("data"), JournalSync.INTERVAL, config.broker().disk().maxBytes())));
    assertThat(config.session())
        .isEqualTo(
            new SessionConfig(
                Duration.ofSeconds(25), Duration.ofSeconds(10), 20, 4096, 100, Optional.empty()));
    assertThat(config.publicPort())
        .isEqualTo(
            new PublicConfig(
                Duration.ofSeconds(10),
                new AdmissionConfig(
                    DescriptorLimit.connections(),
                    0,
                    DescriptorLimit.connections() / 4 * 3,
                    2_500 * Runtime.getRuntime().availableProcessors(),
                    BufferRoom.bytes(),
                    10_000,
                    Runtime.getRuntime().maxMemory() / 8),
                AllowedOrigins.parse(""),
                TrustedProxies.parse("127.0.0.0/8,::1/128"),
                false,
                new TokenConfig(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ofSeconds(30),
                    false),
                false));
    assertThat(config.ingress())
        .isEqualTo(
            new IngressConfig(65_536, Duration.ofSeconds(10), Optional.empty(), Optional.empty()));
  }

  private static GatewayConfig withEveryOption(Path secretFile, Path secretsFile) {
    return GatewayConfig.of(
        "public-host=0.0.0.0",
        "public-port=1",
        "ingress-host=::1",
        "ingress-port=2",
        "admin-host=localhost",
        "admin-port=3",
        "broker=disk",
        "data-dir=/var/lib/pushgate",
        "journal-sync=always",
        "journal-disk=8MiB",
        "receipt-count=9",
        "journal-count=4",
        "journal-bytes=64KiB",
        "journal-age=1h",
        "journal-memory=2MiB",
        "dedupe-age=6m",
        "dedupe-count=7",
        "token-keys=k",
        "token-audience=aud",
        "token-issuer=iss",
        "token-leeway=8s",
        "token-in-query=true",
        "allowed-origins=https://a.example",
        "trusted-proxies=10.0.0.0/8",
        "ingress-secret-file=" + secretsFile,
        "ingress-tls-cert=c",
        "ingress-tls-key=k",
        "ingress-tls-client-ca=a",
        "admin-secret-file=" + secretFile,
        "heartbeat=8s",
        "handshake-timeout=9s",
        "drain=500ms",
        "max-connections=11",
        "max-connections-per-address=12",
        "max-handshakes=18",
        "handshake-rate=19",
        "max-buffered=20MiB",
        "max-publishers=21",
        "max-in-flight=22MiB",
        "max-sessions-per-user=13",
        "max-connection-age=1h",
        "max-client-frame=1KiB",
        "client-rate=15",
        "max-payload=16",
        "transport=io_uring",
        "event-loops=17",
        "echo=true");
  }

  @Test
  void everyOptionReachesItsRecord(@TempDir Path folder) throws IOException {
    Path secretFile = Files.writeString(folder.resolve("secret"), "opens the admin port\n");
    Path secretsFile = Files.writeString(folder.resolve("secrets"), "billing:opens ingress\n");
    GatewayConfig config = withEveryOption(secretFile, secretsFile);
    assertThat(config)
        .isEqualTo(
            new GatewayConfig(
                new ListenConfig("0.0.0.0", 1, "::1", 2, "localhost", 3),
                new TransportConfig(TransportKind.IO_URING, 17),
                new BrokerConfig(
                    BrokerKind.DISK,
                    new JournalConfig(4, 65_536, Duration.ofHours(1), 2 << 20),
                    Duration.ofMinutes(6),
                    7,
                    9,
                    new DiskConfig(Path.of("/var/lib/pushgate"), JournalSync.ALWAYS, 8 << 20)),
                new SessionConfig(
                    Duration.ofSeconds(8),
                    Duration.ofMillis(500),
                    13,
                    1024,
                    15,
                    Optional.of(Duration.ofHours(1))),
                new PublicConfig(
                    Duration.ofSeconds(9),
                    new AdmissionConfig(11, 12, 18, 19, 20 << 20, 21, 22 << 20),
                    AllowedOrigins.parse("https://a.example"),
                    TrustedProxies.parse("10.0.0.0/8"),
                    false,
                    tokens(),
                    true),
                ingress(secretsFile),
                new AdminConfig(Optional.of(Secret.of("opens the admin port")))));
  }

  private static TokenConfig tokens() {
    return new TokenConfig(
        Optional.of(Path.of("k")),
        Optional.of("aud"),
        Optional.of("iss"),
        Duration.ofSeconds(8),
        true);
  }

  private static IngressConfig ingress(Path secretsFile) {
    return new IngressConfig(
        16,
        Duration.ofSeconds(9),
        Optional.of(PublisherSecrets.read("ingress-secret-file", secretsFile)),
        Optional.of(
            new IngressTlsConfig(
                new OptionFile("ingress-tls-cert", Path.of("c")),
                new OptionFile("ingress-tls-key", Path.of("k")),
                Optional.of(new OptionFile("ingress-tls-client-ca", Path.of("a"))))));
  }

  @Test
  void theConnectionsLeaveRoomForOtherDescriptors() {
    assertThat(DescriptorLimit.connections(20_000)).isEqualTo(18_976);
    assertThat(DescriptorLimit.connections(600)).isEqualTo(300);
    assertThat(DescriptorLimit.connections(-1)).isEqualTo(1_000_000);
    assertThat(DescriptorLimit.connections(Long.MAX_VALUE)).isEqualTo(1_000_000);
  }
}
