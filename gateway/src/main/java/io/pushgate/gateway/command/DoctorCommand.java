package io.pushgate.gateway.command;

import io.netty.util.NetUtil;
import io.pushgate.gateway.config.Literals;
import io.pushgate.gateway.config.Origin;
import io.pushgate.gateway.doctor.Doctor;
import io.pushgate.gateway.doctor.Plan;
import io.pushgate.gateway.doctor.Report;
import io.pushgate.gateway.doctor.ReportJson;
import io.pushgate.gateway.doctor.ReportText;
import io.pushgate.gateway.doctor.RunningNginx;
import io.pushgate.gateway.doctor.Written;
import io.pushgate.gateway.doctor.probe.SiteUrl;
import io.pushgate.gateway.nginx.judge.Configuration;
import io.pushgate.gateway.nginx.text.NginxSyntaxException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds the hop that breaks a WebSocket, and prints what mends it. Main thread. */
@Command(
    name = "doctor",
    description =
        "Finds the hop between browser and gateway that breaks, and the line that mends it.",
    footer = {"", "Exit codes: 0 healthy, 1 broken, 2 warnings, 3 could not run."},
    mixinStandardHelpOptions = true,
    versionProvider = Program.Version.class,
    exitCodeOnInvalidInput = DoctorCommand.COULD_NOT_RUN,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets what has a default before it calls anything.
final class DoctorCommand implements Callable<Integer> {
  static final int COULD_NOT_RUN = 3;
  private static final String NOBODY = "doctor-probe@invalid.test";

  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @Option(
      names = "--public",
      paramLabel = "URL",
      description = "What browsers connect to: wss://site, with or without the path.")
  private @Nullable String site;

  @Option(
      names = "--direct",
      paramLabel = "URL",
      description = "The gateway itself, past every proxy: ws://127.0.0.1:8000.")
  private @Nullable String direct;

  @Option(
      names = "--origin",
      paramLabel = "O",
      description = "The page's origin, if not the site's.")
  private @Nullable String origin;

  @Option(names = "--token-file", paramLabel = "FILE", description = "A user's token.")
  private @Nullable String tokenFile;

  @Option(
      names = "--host-address",
      paramLabel = "IP",
      description = "Where the site is, instead of what DNS says.")
  private @Nullable String hostAddress;

  @Option(
      names = "--ingress",
      paramLabel = "HOST:PORT",
      description = "The publishers' port: a push is handed in there and has to arrive.")
  private @Nullable String ingress;

  @Option(names = "--secret-file", paramLabel = "FILE", description = "The ingress secret.")
  private @Nullable String secretFile;

  @Option(
      names = "--nginx-conf",
      paramLabel = "FILE",
      description = "nginx's configuration: names file and line; without --public judged alone.")
  private @Nullable String nginxConf;

  @Option(names = "--quick", description = "Holds no tunnel in silence.")
  private boolean quick;

  @Option(
      names = "--idle",
      paramLabel = "TIME",
      description = "How long a tunnel is held in silence. Default: 70s, or 1.5 heartbeats.")
  private @Nullable String idle;

  @Option(names = "--json", description = "Prints the report as one line of JSON.")
  private boolean json;

  DoctorCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws CommandFailure {
    Report report = report();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(ReportJson.line(report));
    } else {
      ReportText.lines(report).forEach(out::println);
    }
    return report.verdict().exitCode();
  }

  private Report report() throws CommandFailure {
    Optional<Configuration> written = configuration();
    if (site == null) {
      return judged(
          written.orElseThrow(() -> couldNotRun("expected --public URL, or --nginx-conf FILE")));
    }
    SiteUrl url = url("--public", site);
    Report report = new Doctor(environment).examine(plan(url));
    return written
        .or(() -> RunningNginx.of(url))
        .map(configuration -> Written.place(report, configuration, url))
        .orElse(report);
  }

  private static Report judged(Configuration configuration) throws CommandFailure {
    if (!configuration.isJudgeable()) {
      throw couldNotRun(
          "--nginx-conf: no server on a port in an http block; expected nginx's main file, with all that it includes");
    }
    return Written.judge(configuration);
  }

  private Optional<Configuration> configuration() throws CommandFailure {
    try {
      return nginxConf == null
          ? Optional.empty()
          : Optional.of(Configuration.read(Path.of(nginxConf)));
    } catch (NginxSyntaxException | InvalidPathException unreadable) {
      throw couldNotRun("--nginx-conf: " + unreadable.getMessage());
    }
  }

  private Plan plan(SiteUrl url) throws CommandFailure {
    Optional<SiteUrl> gateway =
        direct == null ? Optional.empty() : Optional.of(url("--direct", direct));
    Optional<String> token = secret("--token-file", tokenFile);
    return new Plan(
        url,
        gateway,
        origin(url),
        token,
        address(),
        url.user().orElseGet(() -> token.isPresent() ? "me" : NOBODY),
        ingress(),
        quick,
        idle());
  }

  private static SiteUrl url(String option, String text) throws CommandFailure {
    try {
      return SiteUrl.parse(text);
    } catch (IllegalArgumentException refused) {
      throw couldNotRun(option + ": " + refused.getMessage());
    }
  }

  private String origin(SiteUrl url) throws CommandFailure {
    if (origin == null) {
      return url.origin();
    }
    return Origin.parse(origin)
        .map(Origin::toString)
        .orElseThrow(
            () -> couldNotRun("--origin: expected such as https://site, not '" + origin + "'"));
  }

  private static Optional<String> secret(String option, @Nullable String file)
      throws CommandFailure {
    if (file == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Inputs.secretFile(option, file));
    } catch (CommandFailure unreadable) {
      throw couldNotRun(String.valueOf(unreadable.getMessage()));
    }
  }

  private Optional<InetAddress> address() throws CommandFailure {
    if (hostAddress == null) {
      return Optional.empty();
    }
    InetAddress literal = NetUtil.createInetAddressFromIpAddressString(hostAddress);
    if (literal == null) {
      throw couldNotRun("--host-address: expected an IP address, not '" + hostAddress + "'");
    }
    return Optional.of(literal);
  }

  private Optional<Plan.Ingress> ingress() throws CommandFailure {
    if (ingress == null) {
      return Optional.empty();
    }
    try {
      Endpoint endpoint = Endpoint.parse("--ingress", ingress);
      return Optional.of(new Plan.Ingress(endpoint.resolve(), secret("--secret-file", secretFile)));
    } catch (CommandFailure misuse) {
      throw couldNotRun(String.valueOf(misuse.getMessage()));
    }
  }

  private Optional<Duration> idle() throws CommandFailure {
    try {
      return idle == null ? Optional.empty() : Optional.of(Literals.duration(idle));
    } catch (IllegalArgumentException noTime) {
      throw couldNotRun("--idle: expected a time such as 70s, not '" + idle + "'");
    }
  }

  private static CommandFailure couldNotRun(String message) {
    return new CommandFailure(COULD_NOT_RUN, message);
  }
}
