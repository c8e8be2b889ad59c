package io.pushgate.gateway.nginx.routing;

import io.pushgate.gateway.nginx.text.Directive;
import java.util.Optional;

/**
 * The way of a request through a configuration. Immutable.
 *
 * @param scope the blocks around whatever handles it
 * @param decisive the directive that decided it; without one nginx looks for a file
 * @param path what the request's became
 * @param rewritten whether a rule replaced it, even by itself
 */
public record Route(
    Scope scope, Handling handling, Optional<Directive> decisive, String path, boolean rewritten) {

  /** What becomes of it. */
  public enum Handling {
    /** It goes to another server over HTTP. */
    PROXIED,
    /** It is sent elsewhere. */
    REDIRECTED,
    /** nginx answers by itself, with the status that the decisive directive names. */
    ANSWERED,
    /** It is taken for the name of a file, or given to something that is no HTTP server. */
    ELSEWHERE,
    /** A script decides. */
    UNKNOWN
  }
}
