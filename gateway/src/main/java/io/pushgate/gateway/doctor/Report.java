package io.pushgate.gateway.doctor;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the doctor found. Immutable.
 *
 * @param stations in the order of the way
 * @param broken over the wire one at most, the first on the way; of a text all that is in it
 * @param warnings over the wire none where something is broken
 */
public record Report(List<Station> stations, List<Diagnosis> broken, List<Diagnosis> warnings) {

  /** One hop and how it stands. */
  public record Station(Hop hop, State state, String detail) {}

  /** How a hop stands. */
  public enum State {
    OK,
    BROKEN,
    WARNING,
    /** Behind a broken one, or nothing there to look at. */
    SKIPPED
  }

  /** All in one word, with the exit code of the command. */
  public enum Verdict {
    HEALTHY(0),
    BROKEN(1),
    WARNINGS(2);

    private final int exitCode;

    Verdict(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  public Report {
    stations = List.copyOf(stations);
    broken = List.copyOf(broken);
    warnings = List.copyOf(warnings);
  }

  /** The first of what is broken. */
  public Optional<Diagnosis> diagnosis() {
    return broken.stream().findFirst();
  }

  public Verdict verdict() {
    if (!broken.isEmpty()) {
      return Verdict.BROKEN;
    }
    return warnings.isEmpty() ? Verdict.HEALTHY : Verdict.WARNINGS;
  }

  /** The same with something added to each finding. */
  Report with(UnaryOperator<Diagnosis> addition) {
    return new Report(
        stations, broken.stream().map(addition).toList(), warnings.stream().map(addition).toList());
  }
}
