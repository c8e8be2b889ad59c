package io.pushgate.gateway.client;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.NetUtil;
import io.pushgate.gateway.config.PublicConfig;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import java.util.Optional;

/**
 * 401 {@code unauthorized}: who may act as a user. Without token keys that is whoever sits at this
 * machine, or anybody where {@code --open} says so. Any thread.
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
    if (!config.open() && !request.client().isLoopbackAddress()) {
      return unauthorized(
          "without --token-keys only clients on loopback are let in; this one is "
              + NetUtil.toAddressString(request.client()));
    }
    return request.name().filter(NamedUser.ME::equals).isPresent()
        ? unauthorized("'me' is the subject of a token, and there is none")
        : Optional.empty();
  }

  private static Optional<Problem> unauthorized(String detail) {
    return Optional.of(
        Problem.of(ProblemCode.UNAUTHORIZED, detail)
            .withHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer"));
  }
}
