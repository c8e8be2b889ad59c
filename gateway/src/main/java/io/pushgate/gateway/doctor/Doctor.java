package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.probe.Exchange;
import io.pushgate.gateway.doctor.probe.Trust;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Examines one site and reports. One thread, which waits. */
public final class Doctor {
  private final Exchange exchange;

  /** Trusts what the environment and this machine do. */
  public Doctor(Map<String, String> environment) {
    exchange = new Exchange(Trust.ofThisMachine(environment));
  }

  /** Goes through the table until a row matches; seconds, or minutes where a tunnel is held. */
  public Report examine(Plan plan) {
    Evidence evidence = new Evidence(plan, exchange);
    Optional<Diagnosis> diagnosis;
    try {
      diagnosis = first(Table.ONE_TUNNEL, evidence);
    } finally {
      evidence.hangUp();
    }
    diagnosis = diagnosis.or(() -> first(Table.MANY_TUNNELS, evidence));
    List<Diagnosis> warnings =
        diagnosis.isPresent()
            ? List.of()
            : Table.WARNINGS.stream().flatMap(row -> row.judge(evidence).stream()).toList();
    return new Report(
        Stations.of(evidence, diagnosis, warnings), diagnosis.stream().toList(), warnings);
  }

  private static Optional<Diagnosis> first(List<Rule> rows, Evidence evidence) {
    return rows.stream()
        .map(row -> row.judge(evidence).orElse(null))
        .filter(Objects::nonNull)
        .findFirst();
  }
}
