package io.pushgate.gateway.client;

import io.pushgate.gateway.auth.RejectedTokenException;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.http.Quoted;
import io.pushgate.protocol.UserId;
import java.util.Optional;

/** 400 {@code bad_user}: a name in the path that is no user's. Any thread. */
final class NamedUser implements Rule {
  /** Stands for the subject of the request's token, whoever that is. */
  static final String ME = "me";

  @Override
  public Optional<Problem> objection(PublicRequest request) {
    if (!request.isOnBehalfOfUser()) {
      return Optional.empty();
    }
    Optional<String> name = request.name();
    if (name.isEmpty()) {
      return Optional.of(badUser(request, "is not percent-encoded UTF-8"));
    }
    if (name.get().equals(ME)) {
      return Optional.empty();
    }
    return Optional.ofNullable(UserId.fault(name.get())).map(fault -> badUser(request, fault));
  }

  /** The user of a request that every rule lets pass. */
  static UserId of(PublicRequest request) {
    String name = request.name().orElseThrow();
    if (!name.equals(ME)) {
      return UserId.of(name);
    }
    try {
      return request.bearer().orElseThrow().identity().user();
    } catch (RejectedTokenException checkedBefore) {
      throw new IllegalStateException("the token was believed before", checkedBefore);
    }
  }

  private static Problem badUser(PublicRequest request, String fault) {
    String segment = request.route().map(Route::segment).orElse("");
    return Problem.of(
        ProblemCode.BAD_USER, "user name %s %s".formatted(Quoted.text(segment), fault));
  }
}
