package io.pushgate.gateway.command;

import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.config.Setting;
import io.pushgate.gateway.config.Settings;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the gateway until a signal stops it. Main thread. */
@Command(
    name = "serve",
    description = "Runs the gateway.",
    footer = {
      "",
      "Every option is also an environment variable (--public-port, PUSHGATE_PUBLIC_PORT) and a"
          + " line of the file that --config names (public-port=8000). The command line wins over"
          + " the environment, that over the file.",
      "Exit codes: 0 stopped by a signal, 1 could not start, 2 misuse."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Program.Version.class,
    abbreviateSynopsis = true,
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);

  private final Service.Starter starter;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec before it calls anything.
  ServeCommand(Service.Starter starter, Map<String, String> environment) {
    this.starter = starter;
    this.environment = environment;
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    Settings settings = ServeOptions.resolve(spec, environment);
    GatewayConfig config = settings.config();
    tell(settings, config);
    Service service;
    try {
      service = starter.start(config);
    } catch (StartException refused) {
      throw new CommandFailure(Program.FAILED, String.valueOf(refused.getMessage()));
    }
    StopSignals.install(service);
    spec.commandLine().getOut().println("listening " + service.bound().describe());
    return service.awaitTermination() ? 0 : Program.FAILED;
  }

  private static void tell(Settings settings, GatewayConfig config) {
    String set =
        settings.all().stream()
            .filter(setting -> !setting.isDefault())
            .map(ServeCommand::describe)
            .collect(Collectors.joining(", "));
    log.info("options: {}", set.isEmpty() ? "all by default" : set);
    if (config.publicPort().open()) {
      log.warn("--open: whoever reaches the public port is let in under any name");
    } else if (config.publicPort().tokens().keys().isEmpty()) {
      log.warn(
          "development mode: without token keys any name is let in from this machine; a proxy that"
              + " forwards no client address makes everybody look like it");
    }
    if (config.publicPort().echo()) {
      log.warn(
          "--echo: whoever reaches the public port gets 16 MiB messages echoed, without a token;"
              + " it is for test benches");
    }
    tellOfIngress(config);
  }

  private static void tellOfIngress(GatewayConfig config) {
    boolean readable = config.ingress().secrets().isPresent() && config.ingress().tls().isEmpty();
    if (readable && !config.listen().isIngressLocal()) {
      log.warn(
          "the secret of the ingress port crosses the network in plain text: --ingress-tls-cert"
              + " hides it");
    }
  }

  private static String describe(Setting setting) {
    return setting.option() + "=" + setting.text() + " (" + setting.source() + ")";
  }
}
