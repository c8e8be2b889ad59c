package io.pushgate.gateway.config;

/**
 * The whole gateway's configuration. Its constructor checks the rules that concern more than one
 * feature; {@link Settings} makes it from command line, environment and file. Immutable.
 */
public record GatewayConfig(
    ListenConfig listen,
    TransportConfig transport,
    BrokerConfig broker,
    SessionConfig session,
    PublicConfig publicPort,
    IngressConfig ingress,
    AdminConfig admin) {

  /** Checks sizes against each other, and that no unprotected port is reachable from elsewhere. */
  public GatewayConfig {
    if (ingress.maxPayload() > broker.journal().bytes()) {
      throw new InvalidOptionException(
          "max-payload",
          ingress.maxPayload(),
          "at most --journal-bytes (" + Literals.formatSize(broker.journal().bytes()) + ")");
    }
    boolean guarded = publicPort.open() || publicPort.tokens().keys().isPresent();
    if (!guarded && !ListenConfig.isLoopback(listen.publicHost())) {
      throw new InvalidOptionException(
          "public-host",
          listen.publicHost(),
          "a loopback address, since no token keys are set, or --open to let anybody in as any user");
    }
    if (!ingress.isProtected()) {
      checkUnprotected(
          "ingress-host", listen.ingressHost(), "--ingress-secret-file or --ingress-tls-client-ca");
    }
    if (admin.secret().isEmpty()) {
      checkUnprotected("admin-host", listen.adminHost(), "--admin-secret-file");
    }
  }

  /** What holds where nothing was configured. */
  public static GatewayConfig defaults() {
    return of();
  }

  /**
   * The defaults with some options set, each written as a line of the configuration file: {@code
   * GatewayConfig.of("public-port=0", "heartbeat=500ms")}.
   *
   * @throws ConfigException for an unknown option or a value out of range
   */
  public static GatewayConfig of(String... lines) {
    return Settings.ofLines(lines).config();
  }

  /** The same with the three ports taken from whatever is free. */
  public GatewayConfig withFreePorts() {
    ListenConfig free =
        new ListenConfig(listen.publicHost(), 0, listen.ingressHost(), 0, listen.adminHost(), 0);
    return new GatewayConfig(free, transport, broker, session, publicPort, ingress, admin);
  }

  private static void checkUnprotected(String option, String host, String protection) {
    if (!ListenConfig.isLoopback(host)) {
      throw new InvalidOptionException(
          option, host, "a loopback address, since this port is not protected by " + protection);
    }
  }
}
