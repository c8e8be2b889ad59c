package io.pushgate.gateway.doctor;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the doctor found. Immutable.
 *
 * @param stations in the order of the way
 * @param warnings none where something is broken
 */
public record Report(
    List<Station> stations, Optional<Diagnosis> diagnosis, List<Diagnosis> warnings) {

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
    warnings = List.copyOf(warnings);
  }

  public Verdict verdict() {
    if (diagnosis.isPresent()) {
      return Verdict.BROKEN;
    }
    return warnings.isEmpty() ? Verdict.HEALTHY : Verdict.WARNINGS;
  }

  /** The same with something added to each finding. */
  public Report with(UnaryOperator<Diagnosis> addition) {
    return new Report(stations, diagnosis.map(addition), warnings.stream().map(addition).toList());
  }
}
