package io.pushgate.gateway.nginx.routing;

import io.pushgate.gateway.nginx.text.Directive;

/**
 * Where a {@code proxy_pass} leads. Immutable.
 *
 * @param address host and port, or the name of an {@code upstream}
 * @param uri what stands behind it; empty where the request's own path is passed on
 */
public record ProxyPass(Directive directive, String address, String uri) {

  static ProxyPass of(Directive directive, Variables variables) {
    String target = directive.argument(0).replaceFirst("^https?://", "");
    if (target.startsWith("$")) {
      // The variable may hold a path, too, or the scheme.
      target = variables.text(target).orElse(target).replaceFirst("^https?://", "");
    }
    int end = endOfAddress(target);
    return new ProxyPass(directive, target.substring(0, end), target.substring(end));
  }

  private static int endOfAddress(String target) {
    if (target.startsWith("unix:")) {
      int colon = target.indexOf(':', "unix:".length());
      return colon < 0 ? target.length() : colon;
    }
    int end = 1;
    while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '$') {
      end++;
    }
    return Math.min(end, target.length());
  }
}
