package io.pushgate.bench.fault;

import io.pushgate.bench.measure.Latency;
import io.pushgate.bench.server.Vitals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one fault went. Immutable.
 *
 * @param calm delays of the healthy before it
 * @param during delays while it lasted
 * @param before the gateway before it, collected
 * @param height while it lasted, collected; null where it could not be asked then
 * @param after when it was over, collected
 * @param peers connections that it held at its height
 * @param notRun why it could not be done here; empty where it was
 * @param failures what was not as it has to be
 */
public record FaultResult(
    Fault fault,
    Latency calm,
    Latency during,
    @Nullable Vitals before,
    @Nullable Vitals height,
    @Nullable Vitals after,
    int peers,
    String notRun,
    List<String> failures) {
  public FaultResult {
    failures = List.copyOf(failures);
  }

  static FaultResult notRun(Fault fault, String why) {
    return new FaultResult(
        fault, new Latency(), new Latency(), null, null, null, 0, why, List.of());
  }

  /** It did not get to its end. */
  static FaultResult broken(Fault fault, List<String> failures) {
    return new FaultResult(fault, new Latency(), new Latency(), null, null, null, 0, "", failures);
  }

  FaultResult with(List<String> otherFailures) {
    return new FaultResult(
        fault, calm, during, before, height, after, peers, notRun, otherFailures);
  }

  /** Whether nothing could be asked of the gateway any more. */
  boolean isBroken() {
    return notRun.isEmpty() && after == null;
  }

  public boolean passed() {
    return notRun.isEmpty() && failures.isEmpty();
  }
}
