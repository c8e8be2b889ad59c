package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.Report.State;
import io.pushgate.gateway.doctor.Report.Station;
import io.pushgate.gateway.doctor.probe.Answer;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The report's line for each hop, from what was gathered on the way. One thread. */
final class Stations {
  private final Evidence evidence;

  private Stations(Evidence evidence) {
    this.evidence = evidence;
  }

  static List<Station> of(Evidence evidence, Optional<Diagnosis> broken, List<Diagnosis> warnings) {
    Stations stations = new Stations(evidence);
    List<Station> all = new ArrayList<>();
    for (Hop hop : Hop.values()) {
      boolean warned = warnings.stream().anyMatch(warning -> warning.hop() == hop);
      if (broken.isPresent() && broken.get().hop() == hop) {
        all.add(new Station(hop, State.BROKEN, broken.get().summary()));
      } else {
        String detail = stations.detail(hop);
        State fine = warned ? State.WARNING : State.OK;
        all.add(new Station(hop, detail.isEmpty() ? State.SKIPPED : fine, detail));
      }
    }
    return all;
  }

  /** Empty where the hop was not looked at. */
  private String detail(Hop hop) {
    return switch (hop) {
      case CLIENT ->
          "%s as %s, page of %s"
              .formatted(evidence.plan.site(), evidence.plan.user(), evidence.plan.origin());
      case DNS -> evidence.wasResolved() ? addresses() : "";
      case TLS -> evidence.wasReached() && evidence.plan.site().secure() ? certificate() : "";
      case NGINX -> evidence.wasTried() ? nginx(evidence.handshake()) : "";
      case GATEWAY -> gateway();
      case TUNNEL -> evidence.findings.heartbeat().isPresent() ? tunnel() : "";
    };
  }

  private String addresses() {
    return evidence.addresses().stream()
        .map(InetAddress::getHostAddress)
        .collect(Collectors.joining(", "));
  }

  private String certificate() {
    return evidence
        .certificate()
        .map(shown -> String.join(", ", shown.names()) + " until " + shown.lastDay())
        .orElse("");
  }

  private static String nginx(Answer answer) {
    return "%s in %d ms%s%s"
        .formatted(
            answer.summary(),
            answer.millis(),
            answer.header("Server").map(server -> ", " + server).orElse(""),
            answer.route().map(route -> ", X-Pushgate-Route: " + route).orElse(""));
  }

  private String gateway() {
    Optional<Answer> direct = evidence.wasAskedDirectly() ? evidence.direct() : Optional.empty();
    Optional<String> node =
        (evidence.wasTried() ? evidence.handshake().gateway() : Optional.<String>empty())
            .or(() -> direct.flatMap(Answer::gateway));
    String directly =
        direct.map(a -> "directly %s in %d ms".formatted(a.summary(), a.millis())).orElse("");
    return node.map(name -> "node " + name + (directly.isEmpty() ? "" : ", ")).orElse("")
        + directly;
  }

  private String tunnel() {
    return "greeted, heartbeat %d s%s%s"
        .formatted(
            evidence.findings.heartbeat().orElseThrow().toSeconds(),
            evidence.findings.sawPush() ? ", a push arrived" : "",
            evidence
                .findings
                .held()
                .map(time -> ", stood %d s in silence".formatted(time.toSeconds()))
                .orElse(", not held in silence"));
  }
}
