package io.pushgate.bench;

import io.pushgate.bench.client.Fleet;
import io.pushgate.bench.client.OpenPace;
import io.pushgate.bench.client.Target;
import io.pushgate.bench.ledger.UserNames;
import io.pushgate.bench.measure.Descriptors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many sessions there are, and how they are opened. */
final class SessionOptions {
  private static final int MAX_SOURCE_ADDRESSES = 250;
  private static final int MAX_LOOPS = 64;

  /** The JVM's own files, event loops, the publisher. */
  private static final int OTHER_DESCRIPTORS = 100;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "ws://127.0.0.1:8000",
      description = "The gateway's public port, or a proxy's. Default: ${DEFAULT-VALUE}")
  private String url = "";

  @Option(
      names = "--sessions",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Sessions to open. Default: ${DEFAULT-VALUE}")
  private int sessions;

  @Option(
      names = "--user-prefix",
      paramLabel = "TEXT",
      defaultValue = "bench",
      description =
          "How the users' names begin; several processes need several. Default: ${DEFAULT-VALUE}")
  private String userPrefix = "";

  @Option(
      names = "--loops",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Event loops, a thread each, that the sessions share. Default: ${DEFAULT-VALUE}")
  private int loops;

  @Option(
      names = "--clients-per-second",
      paramLabel = "R",
      defaultValue = "0",
      description =
          "Open sessions at this rate, handshakes measured from the intended time; 0: as fast as"
              + " --handshakes-in-flight lets. Default: ${DEFAULT-VALUE}")
  private double clientsPerSecond;

  @Option(
      names = "--handshakes-in-flight",
      paramLabel = "N",
      defaultValue = "64",
      description = "Without a rate: handshakes under way at most. Default: ${DEFAULT-VALUE}")
  private int handshakesInFlight;

  @Option(
      names = "--source-addresses",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "To a loopback address: connect from 127.0.0.1 to 127.0.0.N in turn, since one has only"
              + " some 28,000 ports. Default: ${DEFAULT-VALUE}")
  private int sourceAddresses;

  int sessions() {
    return sessions;
  }

  /** How many users there are: as asked, or one a session where nothing was. */
  int users(int asked) {
    if (asked == 0) {
      return sessions;
    }
    range("--users", asked, 1, sessions);
    return asked;
  }

  OpenPace pace() {
    return new OpenPace(clientsPerSecond, handshakesInFlight);
  }

  /** Checks all values; a wrong one is a ParameterException that names its option. */
  Fleet.Plan plan(int run, int payloadBytes, int idle) {
    range("--sessions", sessions, 1, 1_000_000);
    range("--loops", loops, 1, MAX_LOOPS);
    range("--handshakes-in-flight", handshakesInFlight, 1, 100_000);
    range("--source-addresses", sourceAddresses, 1, MAX_SOURCE_ADDRESSES);
    if (!(clientsPerSecond >= 0)) {
      throw wrong("--clients-per-second: %s is not 0 or more".formatted(clientsPerSecond));
    }
    checkDescriptors((long) sessions + idle);
    Target target;
    UserNames names;
    try {
      target = Target.of(url);
    } catch (IllegalArgumentException e) {
      throw wrong("--url: " + e.getMessage());
    }
    try {
      names = new UserNames(userPrefix);
    } catch (IllegalArgumentException e) {
      throw wrong("--user-prefix: " + e.getMessage());
    }
    return new Fleet.Plan(target, names, run, payloadBytes, loops, sourceAddresses);
  }

  private void checkDescriptors(long sockets) {
    long limit = Descriptors.limit();
    if (sockets + OTHER_DESCRIPTORS > limit) {
      throw wrong(
          ("--sessions: %,d sockets need more than the %,d file descriptors that this process may"
                  + " open; start several processes, each with its own --user-prefix")
              .formatted(sockets, limit));
    }
  }

  void range(String option, long value, long min, long max) {
    Range.check(spec, option, value, min, max);
  }

  ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
