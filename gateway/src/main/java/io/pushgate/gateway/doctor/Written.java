package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.probe.SiteUrl;
import io.pushgate.gateway.nginx.FileLine;
import io.pushgate.gateway.nginx.judge.Configuration;
import io.pushgate.gateway.nginx.judge.Fault;
import java.util.List;
import java.util.Optional;

/**
 * What the text of nginx's configuration adds: where a fault seen over the wire stands, or, without
 * any wire, what is wrong with it. Any thread.
 */
public final class Written {
  private Written() {}

  /** Names file and line of each finding that is mended in this configuration. */
  public static Report place(Report report, Configuration configuration, SiteUrl site) {
    return report.with(found -> placeOf(found, configuration, site).map(found::at).orElse(found));
  }

  private static Optional<FileLine> placeOf(
      Diagnosis found, Configuration configuration, SiteUrl site) {
    return found.edits().stream()
        .map(edit -> configuration.placeOf(site.address(), site.port(), edit))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Judges a configuration alone, each server in it that a WebSocket could be meant for. */
  public static Report judge(Configuration configuration) {
    List<Fault> faults = configuration.faults();
    return new Report(
        List.of(),
        faults.stream().filter(fault -> !fault.warning()).map(Written::diagnosis).toList(),
        faults.stream().filter(Fault::warning).map(Written::diagnosis).toList());
  }

  private static Diagnosis diagnosis(Fault fault) {
    return Diagnosis.of(fault.code(), Hop.NGINX, fault.summary())
        .mendedBy(fault.edits())
        .at(new FileLine(fault.file(), fault.line()));
  }
}
