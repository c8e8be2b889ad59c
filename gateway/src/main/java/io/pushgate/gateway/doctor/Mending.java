package io.pushgate.gateway.doctor;

import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.Edit.Place;
import io.pushgate.gateway.nginx.Lines;
import java.util.List;

/** The edits of nginx's configuration that a diagnosis may name. Any thread. */
final class Mending {
  private Mending() {}

  /** Lines of the location that takes the site's WebSockets. */
  static List<Edit> inLocation(Evidence evidence, String... lines) {
    return inLocation(evidence, List.of(lines));
  }

  static List<Edit> inLocation(Evidence evidence, List<String> lines) {
    return List.of(new Edit(Place.LOCATION, path(evidence), lines));
  }

  /** A whole location of the gateway's own, which stands above whatever is there. */
  static List<Edit> wholeLocation(Evidence evidence) {
    return List.of(
        new Edit(Place.SERVER, path(evidence), Lines.location(evidence.plan.gatewayAddress())));
  }

  /** The path of the request that was tried. */
  static String path(Evidence evidence) {
    return evidence.plan.site().path("ws", evidence.plan.user());
  }
}
