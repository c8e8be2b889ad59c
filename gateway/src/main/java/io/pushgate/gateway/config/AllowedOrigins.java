package io.pushgate.gateway.config;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The origins whose pages may connect. Without an entry it is the same host as the request's that
 * counts, which only the request can tell. Immutable.
 */
public record AllowedOrigins(Set<Origin> entries) {
  public AllowedOrigins {
    entries = Set.copyOf(entries);
  }

  /** Reads a comma-separated list; empty for the same-host rule. */
  static AllowedOrigins parse(String text) {
    Set<Origin> entries = new LinkedHashSet<>();
    for (String entry : ListText.split(text)) {
      entries.add(Origin.parse(entry).orElseThrow(IllegalArgumentException::new));
    }
    return new AllowedOrigins(entries);
  }

  /** Whether no origin is listed, so that a page of the request's own host is let in. */
  public boolean sameHostOnly() {
    return entries.isEmpty();
  }

  /** Whether this very origin is listed. */
  public boolean contains(Origin origin) {
    return entries.contains(origin);
  }

  /** Whether some listed origin has this host, whatever its scheme and port. */
  public boolean containsHost(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return entries.stream().anyMatch(origin -> origin.host().equals(lower));
  }

  /** The list in a stable order, as an option's value. */
  @Override
  public String toString() {
    return entries.stream().map(Origin::toString).sorted().collect(Collectors.joining(","));
  }
}
