package io.pushgate.gateway.doctor.probe;

import io.pushgate.protocol.JsonObject;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks a gateway how a request arrived, by the nonce that it carried. One thread.
 *
 * @param direct whether no proxy lies between, so that what it says is the whole truth
 */
public record Witness(Exchange exchange, SiteUrl site, InetSocketAddress address, boolean direct) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * The arrivals, none where the gateway has seen no such request; empty where it is no gateway
   * that answers.
   */
  public Optional<List<Arrival>> arrivals(Ask ask) {
    Answer answer =
        exchange.send(
            Ask.get(site, site.path("probe", ask.nonce())).with(Ask.PROBE, ""), address, PATIENCE);
    if (answer.gateway().isEmpty()) {
      return Optional.empty();
    }
    if (answer.status() == 404 && answer.code().equals("not_found")) {
      return Optional.of(List.of());
    }
    if (answer.status() != 200) {
      return Optional.empty();
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    try {
      return Optional.of(
          JsonObject.parse(body, 0, body.length).objects("requests").stream()
              .map(Arrival::ofRecord)
              .toList());
    } catch (IllegalArgumentException noReport) {
      return Optional.empty();
    }
  }
}
