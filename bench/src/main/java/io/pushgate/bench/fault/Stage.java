package io.pushgate.bench.fault;

import io.pushgate.bench.server.GatewayProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A gateway that some faults share, since they want the same of it. Immutable. */
public enum Stage {
  /** A short deadline of handshakes, so that a fault of some seconds sees it pass. */
  PLAIN("handshake-timeout=4s"),

  /** A short heartbeat. */
  HEARTBEAT("heartbeat=3s"),

  /** A long deadline for those who say nothing, so that all of them are there at a time. */
  PATIENT("handshake-timeout=2m"),

  /** Its public port is reached from another network namespace, too. */
  NETWORK("heartbeat=3s public-host=0.0.0.0 open=true"),

  /** Its clock can be set by a file. */
  CLOCK("heartbeat=3s"),

  /** More connections are allowed than it has descriptors for. */
  DESCRIPTORS("handshake-timeout=2m max-connections=5000"),

  /** A heap that a load presses hard. */
  HEAP("max-payload=512KiB"),

  /** Its sessions come through nginx. */
  PROXY("");

  /** Above what the healthy load needs, and a JVM with its classes. */
  static final int DESCRIPTOR_LIMIT = 600;

  private static final int PRESSED = 5;
  private static final String HEAP_LIMIT = "-Xmx64m";

  /** Separated by spaces; as in a configuration file. */
  private final String options;

  Stage(String options) {
    this.options = options;
  }

  /** Whether faults share a gateway of this stage; one that was pressed is nobody else's. */
  boolean isShared() {
    return this != HEAP;
  }

  /** What the healthy may wait for; where the load is all that a gateway can take, longer. */
  long latestMillis(Duration asked) {
    return (this == HEAP ? PRESSED : 1) * asked.toMillis();
  }

  /** Whether the load may be told that the gateway is too busy. */
  boolean mayRefuse() {
    return this == HEAP;
  }

  /**
   * The gateway of this stage.
   *
   * @param folder what is this stage's own
   * @throws CannotRun where something that it needs is not on this machine
   */
  GatewayProgram program(GatewayProgram base, Path folder) throws CannotRun {
    List<String> all = new ArrayList<>();
    if (!options.isEmpty()) {
      all.addAll(List.of(options.split(" ")));
    }
    all.add("data-dir=" + folder.resolve("data"));
    return base.with(all)
        .launchedBy(launcher(folder), this == HEAP ? List.of(HEAP_LIMIT) : List.of());
  }

  private List<String> launcher(Path folder) throws CannotRun {
    return switch (this) {
      case CLOCK -> SetClock.launcher(folder);
      case DESCRIPTORS ->
          List.of(
              Tools.find("prlimit", "util-linux").toString(),
              "--nofile=%1$d:%1$d".formatted(DESCRIPTOR_LIMIT));
      case PLAIN, HEARTBEAT, PATIENT, NETWORK, HEAP, PROXY -> List.of();
    };
  }
}
