package io.pushgate.gateway.nginx.judge;

import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.text.Directive;
import java.util.List;

/**
 * Something in a configuration that keeps a WebSocket from working, or that is better otherwise.
 * Immutable.
 *
 * @param code the same as of the fault seen over the wire
 * @param edits what mends it; none where that takes a decision
 * @param warning whether a WebSocket works nevertheless
 */
public record Fault(
    String code, String summary, String file, int line, List<Edit> edits, boolean warning) {

  public Fault {
    edits = List.copyOf(edits);
  }

  static Fault at(Directive place, String code, String summary, Edit... edits) {
    return new Fault(code, summary, place.file(), place.line(), List.of(edits), false);
  }

  Fault asWarning() {
    return new Fault(code, summary, file, line, edits, true);
  }
}
