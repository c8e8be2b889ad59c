package io.pushgate.bench;

import io.pushgate.bench.client.SlowFleet;
import io.pushgate.bench.client.Target;
import io.pushgate.bench.ledger.Stamp;
import io.pushgate.bench.ledger.UserNames;
import io.pushgate.protocol.Limits;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many slow sessions there are, how slow they are, and what waits for them. */
final class SlowOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--slow",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Slow sessions, each of a user of its own. Default: ${DEFAULT-VALUE}")
  private int slow;

  @Option(
      names = "--mute",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many of them read nothing at all. Default: ${DEFAULT-VALUE}")
  private int mute;

  @Option(
      names = "--slow-rate",
      paramLabel = "BYTES",
      defaultValue = "20000",
      description = "What each of the others reads a second. Default: ${DEFAULT-VALUE}")
  private int rate;

  @Option(
      names = "--slow-url",
      paramLabel = "URL",
      description = "Where they connect, perhaps a proxy. Default: as --url")
  private @Nullable String url;

  @Option(
      names = "--slow-payload",
      paramLabel = "BYTES",
      defaultValue = "16000",
      description = "Bytes of data of each push to them. Default: ${DEFAULT-VALUE}")
  private int payload;

  @Option(
      names = "--slow-backlog",
      paramLabel = "N",
      defaultValue = "60",
      description = "Pushes to each of them before measuring. Default: ${DEFAULT-VALUE}")
  private int backlog;

  @Option(
      names = "--slow-every",
      paramLabel = "TIME",
      defaultValue = "1s",
      description = "Then one push more to each of them, so often. Default: ${DEFAULT-VALUE}")
  private Duration every = Duration.ZERO;

  @Option(
      names = "--admin",
      paramLabel = "HOST:PORT",
      description = "The gateway's admin port: adds its used heap.")
  private @Nullable String admin;

  int slow() {
    return slow;
  }

  int backlog() {
    return backlog;
  }

  Duration every() {
    return every;
  }

  /** Null where none was named. */
  @Nullable InetSocketAddress admin() {
    try {
      return admin == null ? null : LoadOptions.address(admin);
    } catch (IllegalArgumentException e) {
      throw wrong("--admin: " + e.getMessage());
    }
  }

  SlowFleet.Plan plan(Target target, UserNames names, int run) {
    Range.check(spec, "--slow", slow, 1, 100_000);
    Range.check(spec, "--mute", mute, 0, slow);
    Range.check(spec, "--slow-rate", rate, 20, 1_000_000_000);
    Range.check(spec, "--slow-payload", payload, Stamp.MIN_PAYLOAD, Limits.HIGHEST_MAX_PAYLOAD);
    Range.check(spec, "--slow-backlog", backlog, 0, 1_000_000);
    if (every.isZero()) {
      throw wrong("--slow-every: is no time");
    }
    admin();
    UserNames slowNames = new UserNames(names.prefix() + "-slow");
    return new SlowFleet.Plan(at(target), slowNames, slow, mute, rate, run, payload);
  }

  private Target at(Target target) {
    try {
      return url == null ? target : Target.of(url);
    } catch (IllegalArgumentException e) {
      throw wrong("--slow-url: " + e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
