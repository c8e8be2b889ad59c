package io.pushgate.gateway.nginx;

import java.util.List;

/**
 * A change of nginx's configuration that mends one fault. In its place each line stands instead of
 * those directives that set the same thing, or before all others where there is none: {@code
 * proxy_set_header} and its like by the header they name, a {@code location} by its path, a {@code
 * map} by its variable, zones and upstreams by theirs, others by the directive's name. Immutable.
 *
 * @param path of a request that is handled where the lines belong; says which {@code location} is
 *     meant
 * @param lines as they are to be written, without indentation but for what lies in braces
 */
public record Edit(Place place, String path, List<String> lines) {

  /** The block of the configuration that the lines belong in. */
  public enum Place {
    /** Outside all blocks. */
    MAIN,
    HTTP,
    /** The {@code server} that serves the request's host and port. */
    SERVER,
    /** The {@code location} of that server that takes the path. */
    LOCATION
  }

  public Edit {
    lines = List.copyOf(lines);
  }
}
