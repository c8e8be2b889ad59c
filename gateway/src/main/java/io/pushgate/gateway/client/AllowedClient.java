package io.pushgate.gateway.client;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.NetUtil;
import io.pushgate.gateway.auth.RejectedTokenException;
import io.pushgate.gateway.config.PublicConfig;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.http.Quoted;
import java.util.Optional;

/**
 * 401 {@code unauthorized} and 403 {@code forbidden_user}: who may act as a user. With token keys
 * that is whoever has a token for it; without, whoever sits at this machine, or anybody where
 * {@code --open} says so. Any thread.
 */
final class AllowedClient implements Rule {
  private final PublicConfig config;

  AllowedClient(PublicConfig config) {
    this.config = config;
  }

  @Override
  public Optional<Problem> objection(PublicRequest request) {
    if (!request.isOnBehalfOfUser() || request.isPreflight()) {
      return Optional.empty();
    }
    if (request.bearer().isPresent()) {
      return token(request, request.bearer().get());
    }
    if (!config.open() && !request.client().isLoopbackAddress()) {
      return unauthorized(
          "without --token-keys only clients on loopback are let in; this one is "
              + NetUtil.toAddressString(request.client()));
    }
    return request.name().filter(NamedUser.ME::equals).isPresent()
        ? unauthorized("'me' is the subject of a token, and there is none")
        : Optional.empty();
  }

  private static Optional<Problem> token(PublicRequest request, Bearer bearer) {
    if (!bearer.isPresent()) {
      return unauthorized(
          "expected a token: Authorization: Bearer, the subprotocol bearer.TOKEN, or the cookie pushgate_token");
    }
    try {
      String name = request.name().orElseThrow();
      String subject = bearer.identity().user().toString();
      return name.equals(NamedUser.ME) || name.equals(subject)
          ? Optional.empty()
          : Optional.of(
              Problem.of(
                  ProblemCode.FORBIDDEN_USER,
                  "the token is for another user than " + Quoted.text(name)));
    } catch (RejectedTokenException rejected) {
      return unauthorized(String.valueOf(rejected.getMessage()));
    }
  }

  private static Optional<Problem> unauthorized(String detail) {
    return Optional.of(
        Problem.of(ProblemCode.UNAUTHORIZED, detail)
            .withHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer"));
  }
}
