package io.pushgate.gateway.doctor;

import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.Edit.Place;
import io.pushgate.gateway.nginx.Lines;
import java.util.ArrayList;
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
  static List<Edit> wholeLocation(Evidence evidence, String... more) {
    String prefix = evidence.plan.site().prefix();
    String gateway = evidence.gatewayAddress();
    List<Edit> edits = new ArrayList<>();
    if (!prefix.isEmpty()) {
      edits.add(new Edit(Place.HTTP, path(evidence), Lines.pathBehind(prefix)));
      gateway += Lines.PATH_BEHIND;
    }
    edits.add(
        new Edit(Place.SERVER, path(evidence), Lines.location(prefix, gateway, List.of(more))));
    return edits;
  }

  /** The path of the request that was tried. */
  static String path(Evidence evidence) {
    return evidence.plan.site().path("ws", evidence.plan.user());
  }
}
