package io.pushgate.bench;

import io.pushgate.bench.ledger.Stamp;
import io.pushgate.bench.publish.Form;
import io.pushgate.bench.publish.Load;
import io.pushgate.bench.publish.Timing;
import io.pushgate.protocol.Limits;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is pushed, how fast, for how long. */
final class LoadOptions {
  private static final int MAX_IN_FLIGHT = 1_000_000;

  /** Between the order to start and the first push, so that the first is not late already. */
  private static final long HEAD_START_NANOS = 50_000_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--ingress",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8001",
      description = "The gateway's port for publishers. Default: ${DEFAULT-VALUE}")
  private String ingress = "";

  @Option(
      names = "--form",
      paramLabel = "FORM",
      defaultValue = "json",
      description =
          "What the publisher speaks: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Form form = Form.JSON;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Pace pace = new Pace();

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "How long to measure. Default: ${DEFAULT-VALUE}")
  private Duration duration = Duration.ZERO;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      defaultValue = "3s",
      description =
          "The same load before that, checked but not measured. Default: ${DEFAULT-VALUE}")
  private Duration warmup = Duration.ZERO;

  @Option(
      names = "--payload",
      paramLabel = "BYTES",
      defaultValue = "128",
      description = "Bytes of data of each push. Default: ${DEFAULT-VALUE}")
  private int payload;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      defaultValue = "5s",
      description =
          "What has not come when nothing came for so long is lost. Default: ${DEFAULT-VALUE}")
  private Duration settle = Duration.ZERO;

  @Option(
      names = "--floor",
      description =
          "Run the same on the floor, before and behind, on the processors of --server-pid; see"
              + " the command floor.")
  private boolean floor;

  /** One of the two must be given: they measure different things. */
  static final class Pace {
    @Option(
        names = "--rate",
        paramLabel = "R",
        required = true,
        description = "Open loop: R pushes a second at times fixed in advance; shows latency.")
    private @Nullable Double rate;

    @Option(
        names = "--in-flight",
        paramLabel = "W",
        required = true,
        description =
            "Closed loop: W pushes not yet acked and delivered everywhere; shows throughput.")
    private @Nullable Integer inFlight;
  }

  int payload() {
    Range.check(spec, "--payload", payload, Stamp.MIN_PAYLOAD, Limits.HIGHEST_MAX_PAYLOAD);
    return payload;
  }

  Form form() {
    return form;
  }

  Duration settle() {
    return settle;
  }

  Load load() {
    Integer inFlight = pace.inFlight;
    if (inFlight != null) {
      Range.check(spec, "--in-flight", inFlight, 1, MAX_IN_FLIGHT);
      return new Load.Closed(inFlight);
    }
    double rate = pace.rate == null ? 0 : pace.rate;
    double pushes = rate * (duration.toMillis() + warmup.toMillis()) / 1e3;
    if (!(rate > 0) || pushes > Integer.MAX_VALUE) {
      throw wrong("--rate: %s a second is not above 0, or too much".formatted(rate));
    }
    return new Load.Open(rate);
  }

  /** A run that starts now. */
  Timing timing() {
    return new Timing(System.nanoTime() + HEAD_START_NANOS, warmup.toNanos(), duration.toNanos());
  }

  /** Ends a title. */
  String described() {
    String how =
        load() instanceof Load.Closed closed
            ? "at most %,d in flight".formatted(closed.inFlight())
            : "%s pushes a second".formatted(pace.rate);
    return "%s, %,d bytes each, %.1f s".formatted(how, payload, duration.toMillis() / 1e3);
  }

  void check(boolean serverKnown) {
    payload();
    load();
    ingress();
    if (duration.isZero()) {
      throw wrong("--duration: nothing can be measured in no time");
    }
    if (floor && (form != Form.JSON || !serverKnown)) {
      throw wrong("--floor: needs --server-pid, and speaks JSON lines alone");
    }
  }

  InetSocketAddress ingress() {
    try {
      return address(ingress);
    } catch (IllegalArgumentException e) {
      throw wrong("--ingress: " + e.getMessage());
    }
  }

  /** Reads host and port; throws an IllegalArgumentException whose message names the fault. */
  static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException("'%s' is no HOST:PORT".formatted(text));
    }
    String host = text.substring(0, colon).replaceAll("[\\[\\]]", "");
    InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(port));
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("the host of '%s' is not known".formatted(text));
    }
    return address;
  }

  boolean floor() {
    return floor;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
