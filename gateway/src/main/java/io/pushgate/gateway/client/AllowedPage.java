package io.pushgate.gateway.client;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.pushgate.gateway.config.AllowedOrigins;
import io.pushgate.gateway.config.Origin;
import io.pushgate.gateway.config.PublicConfig;
import io.pushgate.gateway.http.HostHeader;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.http.Quoted;
import java.util.List;
import java.util.Optional;

/**
 * 403 {@code forbidden_origin} and {@code forbidden_host}: which pages may use the port, and by
 * which names of it. Any thread.
 */
final class AllowedPage implements Rule {
  private final PublicConfig config;

  AllowedPage(PublicConfig config) {
    this.config = config;
  }

  @Override
  public Optional<Problem> objection(PublicRequest request) {
    if (request.leadsTo(Endpoint.FILE)) {
      return Optional.empty();
    }
    return origin(request).or(() -> request.isOnBehalfOfUser() ? host(request) : Optional.empty());
  }

  /** The page's origin where it is allowed, as the answer's CORS headers repeat it. */
  Optional<String> allowedOrigin(PublicRequest request) {
    List<String> origins = request.headers().getAll(HttpHeaderNames.ORIGIN);
    return origins.size() == 1 && isAllowed(request, origins.get(0))
        ? Optional.of(origins.get(0))
        : Optional.empty();
  }

  private Optional<Problem> origin(PublicRequest request) {
    List<String> origins = request.headers().getAll(HttpHeaderNames.ORIGIN);
    if (origins.isEmpty() || allowedOrigin(request).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(
            ProblemCode.FORBIDDEN_ORIGIN,
            "Origin was %s; expected %s"
                .formatted(Quoted.text(String.join(", ", origins)), expected(request))));
  }

  private boolean isAllowed(PublicRequest request, String header) {
    Optional<Origin> page = Origin.parse(header);
    AllowedOrigins allowed = config.allowedOrigins();
    if (page.isEmpty()) {
      return false;
    }
    return allowed.sameHostOnly()
        ? isOfSameHost(request, page.get())
        : allowed.contains(page.get());
  }

  private static boolean isOfSameHost(PublicRequest request, Origin page) {
    boolean downgraded =
        page.scheme().equals("http")
            && request.forwarded().scheme().filter("https"::equalsIgnoreCase).isPresent();
    Optional<HostHeader> host = HostHeader.parse(hostOf(request));
    // An origin writes an IPv6 address in brackets, a parsed Host without.
    return !downgraded
        && host.isPresent()
        && host.get().host().equals(page.host().replaceAll("[\\[\\]]", ""))
        && (host.get().port() < 0 || host.get().port() == page.port());
  }

  /** What the client called the gateway: a proxy's word for it, where there is one. */
  private static String hostOf(PublicRequest request) {
    return request.forwarded().host().orElse(request.headers().get(HttpHeaderNames.HOST, ""));
  }

  private String expected(PublicRequest request) {
    if (!config.allowedOrigins().sameHostOnly()) {
      return "one of --allowed-origins (" + config.allowedOrigins() + ")";
    }
    boolean https = request.forwarded().scheme().filter("https"::equalsIgnoreCase).isPresent();
    return "the host of the request, %s%s, or an entry of --allowed-origins"
        .formatted(https ? "by https, " : "", Quoted.text(hostOf(request)));
  }

  /** A page by DNS rebinding is of the same host as its requests; only the name gives it away. */
  private Optional<Problem> host(PublicRequest request) {
    if (config.open() || config.tokens().keys().isPresent()) {
      return Optional.empty();
    }
    String host = request.headers().get(HttpHeaderNames.HOST, "");
    return hostObjection("Host", host)
        .or(
            () ->
                request
                    .forwarded()
                    .host()
                    .flatMap(named -> hostObjection("X-Forwarded-Host", named)));
  }

  private Optional<Problem> hostObjection(String header, String value) {
    Optional<HostHeader> host = HostHeader.parse(value);
    boolean allowed =
        host.isPresent()
            && (host.get().isLocalhostOrLiteral()
                || config.allowedOrigins().containsHost(host.get().host()));
    if (allowed) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(
            ProblemCode.FORBIDDEN_HOST,
            "%s was %s; expected localhost, an IP address or a host of --allowed-origins (%s), as no --token-keys are set; --open lifts this"
                .formatted(
                    header,
                    Quoted.text(value),
                    config.allowedOrigins().sameHostOnly() ? "none" : config.allowedOrigins())));
  }
}
