package io.pushgate.gateway.client;

import io.pushgate.gateway.http.ProblemCode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a reader of HTTP made of the next bytes of a connection. Immutable. */
sealed interface HttpSeen {

  /**
   * A whole request.
   *
   * @param headers {@code name:value} each, without the space around the value
   * @param behind all that follows an upgrade
   */
  record Request(String line, List<String> headers, String body, String behind)
      implements HttpSeen {

    List<String> values(String name) {
      return headers.stream()
          .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(header -> header.substring(name.length() + 1))
          .toList();
    }

    boolean has(String name) {
      return !values(name).isEmpty();
    }

    boolean isVersion11() {
      return line.endsWith("1.1");
    }

    String method() {
      return line.substring(0, line.indexOf(' '));
    }

    String target() {
      return line.split(" ", -1)[1];
    }
  }

  /** What is no request; of several faults any may be told. */
  record Refusal(Set<ProblemCode> codes) implements HttpSeen {}

  /** A request whose body comes in chunks, of which nothing more is said. */
  record Chunks() implements HttpSeen {}

  /** A request that has no end yet. */
  record Nothing() implements HttpSeen {}

  /** Whether a reader that tells one fault, and reads chunks, may have seen this. */
  default boolean isSeenAs(HttpSeen found) {
    return this instanceof Chunks
        || equals(found)
        || this instanceof Refusal mine
            && found instanceof Refusal other
            && mine.codes.containsAll(other.codes);
  }
}
