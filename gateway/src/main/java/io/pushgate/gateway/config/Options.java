package io.pushgate.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The table of all options of {@code serve}; an option is declared here and nowhere else. */
public final class Options {
  static final String VARIABLE_PREFIX = "PUSHGATE_";

  /** Half of what a core can do, so that those who are in are served while others come. */
  private static final int HANDSHAKES_A_CORE = 2_500;

  private static final Map<String, Option<?>> BY_NAME = new LinkedHashMap<>();

  static final Option<String> PUBLIC_HOST =
      add("public-host", ValueType.TEXT, "127.0.0.1", "Address of the public port.");
  static final Option<Integer> PUBLIC_PORT =
      add("public-port", ValueType.NUMBER, "8000", "Port for browsers; 0 takes a free one.");
  static final Option<String> INGRESS_HOST =
      add("ingress-host", ValueType.TEXT, "127.0.0.1", "Address of the ingress port.");
  static final Option<Integer> INGRESS_PORT =
      add("ingress-port", ValueType.NUMBER, "8001", "Port for publishers; 0 takes a free one.");
  static final Option<String> ADMIN_HOST =
      add("admin-host", ValueType.TEXT, "127.0.0.1", "Address of the admin port.");
  static final Option<Integer> ADMIN_PORT =
      add("admin-port", ValueType.NUMBER, "8002", "Port for operators; 0 takes a free one.");

  static final Option<BrokerKind> BROKER =
      add("broker", ValueType.oneOf(BrokerKind.class), "disk", "What keeps the journals.");
  static final Option<Path> DATA_DIR =
      add("data-dir", ValueType.DIRECTORY, "data", "Where the disk broker keeps its journals.");
  static final Option<JournalSync> JOURNAL_SYNC =
      add(
          "journal-sync",
          ValueType.oneOf(JournalSync.class),
          "interval",
          "When what was taken is put on stable storage: every second, or before each ack.");
  static final Option<Integer> JOURNAL_COUNT =
      add("journal-count", ValueType.NUMBER, "1000", "Notifications one journal holds.");
  static final Option<Long> JOURNAL_BYTES =
      add("journal-bytes", ValueType.SIZE, "1MiB", "Bytes one journal holds.");
  static final Option<Duration> JOURNAL_AGE =
      add("journal-age", ValueType.DURATION, "7d", "How long a journal holds a notification.");
  static final Option<Long> JOURNAL_DISK =
      dependent(
          "journal-disk",
          ValueType.SIZE,
          set -> Literals.formatSize(DiskRoom.forJournals(set.apply("data-dir"))),
          "nine tenths of the free disk",
          "Bytes the data directory holds; past them pushes are refused.");
  static final Option<Long> JOURNAL_MEMORY =
      computed(
          "journal-memory",
          ValueType.SIZE,
          () -> Literals.formatSize(Runtime.getRuntime().maxMemory() / 2),
          "half the heap",
          "Bytes all journals hold in memory; past them pushes are refused.");
  static final Option<Duration> DEDUPE_AGE =
      add("dedupe-age", ValueType.DURATION, "10m", "How long the id of a push is remembered.");
  static final Option<Integer> DEDUPE_COUNT =
      add("dedupe-count", ValueType.NUMBER, "10000000", "How many ids are remembered.");
  static final Option<Integer> RECEIPT_COUNT =
      add("receipt-count", ValueType.NUMBER, "1000000", "How many receipts are held.");

  static final Option<Optional<Path>> TOKEN_KEYS =
      computed(
          "token-keys",
          ValueType.OPTIONAL_FILE,
          () -> "",
          "none",
          "File of a JWKS, public keys in PEM, or a secret of 32 bytes: who has a token is let in.");
  static final Option<Optional<String>> TOKEN_AUDIENCE =
      computed(
          "token-audience",
          ValueType.OPTIONAL_TEXT,
          () -> "",
          "any",
          "What a token's aud must hold.");
  static final Option<Optional<String>> TOKEN_ISSUER =
      computed(
          "token-issuer", ValueType.OPTIONAL_TEXT, () -> "", "any", "What a token's iss must be.");
  static final Option<Duration> TOKEN_LEEWAY =
      add("token-leeway", ValueType.DURATION, "30s", "By how much clocks may differ.");
  static final Option<Boolean> TOKEN_IN_QUERY =
      add("token-in-query", ValueType.FLAG, "false", "A token may stand in the URL, as token=.");
  static final Option<Boolean> OPEN =
      add("open", ValueType.FLAG, "false", "Let anybody in, under any name, from anywhere.");
  static final Option<AllowedOrigins> ALLOWED_ORIGINS =
      computed(
          "allowed-origins",
          ValueType.ORIGINS,
          () -> "",
          "the request's own host",
          "Web origins whose pages may connect.");
  static final Option<TrustedProxies> TRUSTED_PROXIES =
      add(
          "trusted-proxies",
          ValueType.ADDRESS_BLOCKS,
          "127.0.0.0/8,::1/128",
          "Proxies whose forwarded headers are believed.");

  static final Option<Optional<Path>> INGRESS_SECRET_FILE =
      computed(
          "ingress-secret-file",
          ValueType.OPTIONAL_FILE,
          () -> "",
          "none",
          "File of the secret that publishers have to name, or of lines publisher:secret.");
  static final Option<Optional<Path>> INGRESS_TLS_CERT =
      computed(
          "ingress-tls-cert",
          ValueType.OPTIONAL_FILE,
          () -> "",
          "none",
          "PEM file of the ingress port's certificate and those that vouch for it.");
  static final Option<Optional<Path>> INGRESS_TLS_KEY =
      computed(
          "ingress-tls-key", ValueType.OPTIONAL_FILE, () -> "", "none", "PEM file of its key.");
  static final Option<Optional<Path>> INGRESS_TLS_CLIENT_CA =
      computed(
          "ingress-tls-client-ca",
          ValueType.OPTIONAL_FILE,
          () -> "",
          "none",
          "PEM file of whom publishers' certificates have to be from; makes them needed.");
  static final Option<Optional<Path>> ADMIN_SECRET_FILE =
      computed(
          "admin-secret-file",
          ValueType.OPTIONAL_FILE,
          () -> "",
          "none",
          "File of the secret that operators have to name.");

  static final Option<Duration> HEARTBEAT =
      add("heartbeat", ValueType.DURATION, "25s", "Silence after which a session is pinged.");
  static final Option<Duration> HANDSHAKE_TIMEOUT =
      add(
          "handshake-timeout",
          ValueType.DURATION,
          "10s",
          "Time a connection has to say what it wants.");
  static final Option<Duration> DRAIN =
      add("drain", ValueType.DURATION, "10s", "Time over which a stop sends the sessions away.");
  static final Option<Optional<Duration>> MAX_CONNECTION_AGE =
      computed(
          "max-connection-age",
          ValueType.OPTIONAL_DURATION,
          () -> "",
          "none",
          "Age, give or take a fifth, at which a session is sent away to come back at once.");
  static final Option<Integer> MAX_CONNECTIONS =
      computed(
          "max-connections",
          ValueType.NUMBER,
          () -> Integer.toString(DescriptorLimit.connections()),
          "from the descriptor limit",
          "Connections of the public port.");
  static final Option<Integer> MAX_CONNECTIONS_PER_ADDRESS =
      add(
          "max-connections-per-address",
          ValueType.NUMBER,
          "0",
          "Connections of one client address; 0 is no bound.");
  static final Option<Integer> MAX_HANDSHAKES =
      computed(
          "max-handshakes",
          ValueType.NUMBER,
          () -> Integer.toString(Math.max(1, DescriptorLimit.connections() / 4 * 3)),
          "three quarters of what descriptors allow",
          "Connections of the public port whose first request is not answered yet.");
  static final Option<Integer> HANDSHAKE_RATE =
      computed(
          "handshake-rate",
          ValueType.NUMBER,
          () -> Integer.toString(HANDSHAKES_A_CORE * Runtime.getRuntime().availableProcessors()),
          HANDSHAKES_A_CORE + " a core",
          "Requests a second that open sessions, in all.");
  static final Option<Long> MAX_BUFFERED =
      computed(
          "max-buffered",
          ValueType.SIZE,
          () -> Literals.formatSize(BufferRoom.bytes()),
          "half the direct memory",
          "Bytes in network buffers; past them slow sessions are shed and publishers wait.");
  static final Option<Integer> MAX_PUBLISHERS =
      add("max-publishers", ValueType.NUMBER, "10000", "Connections of the ingress port.");
  static final Option<Long> MAX_IN_FLIGHT =
      computed(
          "max-in-flight",
          ValueType.SIZE,
          () ->
              Literals.formatSize(
                  Math.max(AdmissionConfig.LEAST_IN_FLIGHT, Runtime.getRuntime().maxMemory() / 8)),
          "an eighth of the heap",
          "Bytes of all publishers' requests under way; past them they are not read.");
  static final Option<Integer> MAX_SESSIONS_PER_USER =
      add(
          "max-sessions-per-user",
          ValueType.NUMBER,
          "20",
          "Sessions of one user; a further one replaces the oldest.");
  static final Option<Long> MAX_CLIENT_FRAME =
      add("max-client-frame", ValueType.SIZE, "4KiB", "Bytes of a client's message.");
  static final Option<Integer> CLIENT_RATE =
      add("client-rate", ValueType.NUMBER, "100", "Client frames a second, over ten seconds.");
  static final Option<Long> MAX_PAYLOAD =
      add("max-payload", ValueType.SIZE, "64KiB", "Bytes of one notification's data.");

  static final Option<TransportKind> TRANSPORT =
      add("transport", ValueType.oneOf(TransportKind.class), "auto", "What drives the sockets.");
  static final Option<Integer> EVENT_LOOPS =
      computed(
          "event-loops",
          ValueType.NUMBER,
          () -> Integer.toString(Runtime.getRuntime().availableProcessors()),
          "one a core",
          "Event loops.");
  static final Option<Boolean> ECHO =
      add(
          "echo",
          ValueType.FLAG,
          "false",
          "Serve a WebSocket that echoes, for conformance suites.");

  private Options() {}

  /** All options, in the order of the documentation. */
  public static Collection<Option<?>> all() {
    return Collections.unmodifiableCollection(BY_NAME.values());
  }

  static Map<String, Option<?>> byName() {
    return Collections.unmodifiableMap(BY_NAME);
  }

  private static <T> Option<T> add(String name, ValueType<T> type, String fallback, String help) {
    return computed(name, type, () -> fallback, fallback, help);
  }

  private static <T> Option<T> computed(
      String name, ValueType<T> type, Supplier<String> fallback, String fallbackText, String help) {
    return dependent(name, type, set -> fallback.get(), fallbackText, help);
  }

  private static <T> Option<T> dependent(
      String name,
      ValueType<T> type,
      Function<UnaryOperator<String>, String> fallback,
      String fallbackText,
      String help) {
    Option<T> option = new Option<>(name, type, fallback, fallbackText, help);
    BY_NAME.put(name, option);
    return option;
  }
}
