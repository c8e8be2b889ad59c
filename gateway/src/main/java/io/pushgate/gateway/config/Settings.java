package io.pushgate.gateway.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every option is set to and who said so: the command line wins over the environment, that
 * over the file, that over the default. Immutable.
 */
public final class Settings {
  private final Map<String, Setting> byName;

  private Settings(Map<String, Setting> byName) {
    this.byName = byName;
  }

  /**
   * Resolves all options.
   *
   * @param commandLine option names without dashes, and {@code config} for the file
   * @throws ConfigException for what is unknown, unreadable or doubled; ranges are checked by
   *     {@link #config()}
   */
  public static Settings resolve(Map<String, String> commandLine, Map<String, String> environment) {
    Map<String, Setting> given = new LinkedHashMap<>();
    Map<String, Setting> fromEnvironment = Environment.read(environment);
    String variable = environment.get(Environment.CONFIG_VARIABLE);
    String argument = commandLine.get("config");
    if (argument != null) {
      given.putAll(ConfigFile.read(argument, "command line", Options.byName().keySet()));
    } else if (variable != null) {
      String source = "env " + Environment.CONFIG_VARIABLE;
      given.putAll(ConfigFile.read(variable, source, Options.byName().keySet()));
    }
    given.putAll(fromEnvironment);
    commandLine.forEach(
        (name, text) -> {
          if (!name.equals("config")) {
            given.put(name, new Setting(name, text, "command line"));
          }
        });
    return new Settings(withDefaults(given));
  }

  static Settings ofLines(String... lines) {
    return new Settings(
        withDefaults(ConfigFile.parse("line", List.of(lines), Options.byName().keySet())));
  }

  /** Every option's setting, in the order of the documentation. */
  public List<Setting> all() {
    return List.copyOf(byName.values());
  }

  /**
   * The records the gateway is built from.
   *
   * @throws ConfigException for the first value that is none, out of range, or in conflict
   */
  public GatewayConfig config() {
    try {
      return build();
    } catch (InvalidOptionException refused) {
      throw refused(refused.option(), refused.expected());
    }
  }

  private GatewayConfig build() {
    ListenConfig listen =
        new ListenConfig(
            get(Options.PUBLIC_HOST),
            get(Options.PUBLIC_PORT),
            get(Options.INGRESS_HOST),
            get(Options.INGRESS_PORT),
            get(Options.ADMIN_HOST),
            get(Options.ADMIN_PORT));
    TransportConfig transport =
        new TransportConfig(get(Options.TRANSPORT), get(Options.EVENT_LOOPS));
    return new GatewayConfig(
        listen, transport, broker(), session(), publicPort(), ingress(), admin());
  }

  private IngressConfig ingress() {
    return new IngressConfig(
        saturated(Options.MAX_PAYLOAD),
        get(Options.HANDSHAKE_TIMEOUT),
        get(Options.INGRESS_SECRET_FILE)
            .map(file -> PublisherSecrets.read("ingress-secret-file", file)),
        IngressTlsConfig.of(
            get(Options.INGRESS_TLS_CERT),
            get(Options.INGRESS_TLS_KEY),
            get(Options.INGRESS_TLS_CLIENT_CA)));
  }

  private AdminConfig admin() {
    return new AdminConfig(
        get(Options.ADMIN_SECRET_FILE).map(file -> Secret.read("admin-secret-file", file)));
  }

  private BrokerConfig broker() {
    JournalConfig journal =
        new JournalConfig(
            get(Options.JOURNAL_COUNT),
            get(Options.JOURNAL_BYTES),
            get(Options.JOURNAL_AGE),
            get(Options.JOURNAL_MEMORY));
    DiskConfig disk =
        new DiskConfig(get(Options.DATA_DIR), get(Options.JOURNAL_SYNC), get(Options.JOURNAL_DISK));
    return new BrokerConfig(
        get(Options.BROKER),
        journal,
        get(Options.DEDUPE_AGE),
        get(Options.DEDUPE_COUNT),
        get(Options.RECEIPT_COUNT),
        disk);
  }

  private SessionConfig session() {
    return new SessionConfig(
        get(Options.HEARTBEAT),
        get(Options.DRAIN),
        get(Options.MAX_SESSIONS_PER_USER),
        saturated(Options.MAX_CLIENT_FRAME),
        get(Options.CLIENT_RATE),
        get(Options.MAX_CONNECTION_AGE));
  }

  private PublicConfig publicPort() {
    return new PublicConfig(
        get(Options.HANDSHAKE_TIMEOUT),
        admission(),
        get(Options.ALLOWED_ORIGINS),
        get(Options.TRUSTED_PROXIES),
        get(Options.OPEN),
        tokens(),
        get(Options.ECHO));
  }

  private AdmissionConfig admission() {
    return new AdmissionConfig(
        get(Options.MAX_CONNECTIONS),
        get(Options.MAX_CONNECTIONS_PER_ADDRESS),
        get(Options.MAX_HANDSHAKES),
        get(Options.HANDSHAKE_RATE),
        get(Options.MAX_BUFFERED),
        get(Options.MAX_PUBLISHERS),
        get(Options.MAX_IN_FLIGHT));
  }

  private TokenConfig tokens() {
    return new TokenConfig(
        get(Options.TOKEN_KEYS),
        get(Options.TOKEN_AUDIENCE),
        get(Options.TOKEN_ISSUER),
        get(Options.TOKEN_LEEWAY),
        get(Options.TOKEN_IN_QUERY));
  }

  private <T> T get(Option<T> option) {
    try {
      return option.type().parse().apply(setting(option.name()).text());
    } catch (IllegalArgumentException noSuchValue) {
      throw refused(option.name(), option.type().expected());
    }
  }

  // A size past an int is out of every such option's range, which is told by the record.
  private int saturated(Option<Long> option) {
    return (int) Math.min(Integer.MAX_VALUE, get(option));
  }

  private ConfigException refused(String option, String expected) {
    Setting setting = setting(option);
    return new ConfigException(
        "--%s: expected %s, not %s (%s)"
            .formatted(option, expected, Literals.quote(setting.text()), setting.source()));
  }

  private Setting setting(String name) {
    return setting(byName, name);
  }

  private static Setting setting(Map<String, Setting> resolved, String name) {
    @Nullable Setting setting = resolved.get(name);
    if (setting == null) {
      throw new IllegalArgumentException("no such option: " + name);
    }
    return setting;
  }

  private static Map<String, Setting> withDefaults(Map<String, Setting> given) {
    Map<String, Setting> resolved = new LinkedHashMap<>();
    for (Option<?> option : Options.all()) {
      Setting setting = given.get(option.name());
      if (setting == null) {
        String text = option.fallback().apply(name -> setting(resolved, name).text());
        setting = new Setting(option.name(), text, Setting.DEFAULT);
      }
      resolved.put(option.name(), setting);
    }
    return resolved;
  }
}
