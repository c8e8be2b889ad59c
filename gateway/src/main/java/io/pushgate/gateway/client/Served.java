package io.pushgate.gateway.client;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.http.Quoted;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** 404 {@code not_found} and 405 {@code method_not_allowed}. Any thread. */
final class Served implements Rule {
  @Override
  public Optional<Problem> objection(PublicRequest request) {
    if (request.route().isEmpty()) {
      return Optional.of(
          Problem.of(ProblemCode.NOT_FOUND, "nothing is served at " + Quoted.text(request.path())));
    }
    Set<String> methods = request.route().get().endpoint().methods();
    String method = request.head().method().name();
    if (methods.contains(method)) {
      return Optional.empty();
    }
    String allowed = methods.stream().sorted().collect(Collectors.joining(", "));
    return Optional.of(
        Problem.of(
                ProblemCode.METHOD_NOT_ALLOWED,
                "method was %s; expected %s".formatted(Quoted.text(method), allowed))
            .withHeader(HttpHeaderNames.ALLOW, allowed));
  }
}
