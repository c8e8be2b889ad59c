package io.pushgate.gateway.admin;

import io.netty.handler.codec.http.HttpMethod;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a path of the admin port names. <em>Immutable.</em>
 *
 * @param name the segment of a user or notification as it was sent, percent-encoded; else empty
 */
record AdminPath(Place place, String name) {
  private static final String ANY = "{}";

  /** What there is, and what may be done with it. */
  enum Place {
    LIVEZ("/livez", "GET", "HEAD"),
    READYZ("/readyz", "GET", "HEAD"),
    METRICS("/metrics", "GET", "HEAD"),
    SESSIONS("/api/sessions", "GET", "HEAD"),
    REFUSALS("/api/refusals", "GET", "HEAD"),
    USER("/api/users/" + ANY, "GET", "HEAD", "DELETE"),
    DISCONNECT("/api/users/" + ANY + "/disconnect", "POST"),
    NOTIFICATION("/api/notifications/" + ANY, "GET", "HEAD"),
    BACKUP("/api/backup", "POST"),
    DRAIN("/api/drain", "POST");

    private final String before;
    private final @Nullable String behind;
    private final String allow;

    /** A name stands where the path has braces. */
    Place(String path, String... methods) {
      int gap = path.indexOf(ANY);
      before = gap < 0 ? path : path.substring(0, gap);
      behind = gap < 0 ? null : path.substring(gap + ANY.length());
      allow = String.join(", ", methods);
    }

    /** Whether it holds nothing that a secret protects: who watches a process has none. */
    boolean isOpen() {
      return this == LIVEZ || this == READYZ;
    }

    /** The segment of this path that is a name, empty where it has none; null for another path. */
    private @Nullable String nameIn(String path) {
      if (behind == null) {
        return path.equals(before) ? "" : null;
      }
      int end = path.length() - behind.length();
      boolean fits = path.startsWith(before) && path.endsWith(behind) && end >= before.length();
      String name = fits ? path.substring(before.length(), end) : "/";
      return name.indexOf('/') < 0 ? name : null;
    }
  }

  /** Takes a path without its query; null where there is nothing at it. */
  static @Nullable AdminPath of(String path) {
    for (Place place : Place.values()) {
      String name = place.nameIn(path);
      if (name != null) {
        return new AdminPath(place, name);
      }
    }
    return null;
  }

  boolean takes(HttpMethod method) {
    return Set.of(allow().split(", ", -1)).contains(method.name());
  }

  /** The methods that it takes, as the header says it. */
  String allow() {
    return place.allow;
  }
}
