package io.pushgate.gateway.admin;

import io.netty.handler.codec.http.FullHttpResponse;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.routing.Router;
import io.pushgate.protocol.UserId;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator has the gateway do. Any thread. */
final class Orders {
  private static final Logger log = LoggerFactory.getLogger(Orders.class);

  private final Router router;

  Orders(Router router) {
    this.router = router;
  }

  private record Copied(String directory) {}

  /** Ends the sessions that a user has now. */
  FullHttpResponse disconnect(UserId user) {
    router.disconnect(user);
    return Answers.nothing();
  }

  /** Forgets the user's journal, acknowledged place and receipts. */
  CompletionStage<FullHttpResponse> forget(UserId user) {
    return router
        .forget(user)
        .handle((done, failure) -> failure == null ? Answers.nothing() : failed("forget", failure));
  }

  /** Copies the store while it is in use. */
  CompletionStage<FullHttpResponse> backup() {
    return router
        .backup()
        .handle(
            (directory, failure) ->
                failure == null ? Answers.json(new Copied(directory)) : failed("copy", failure));
  }

  /** What is answered where the journals did not do it. */
  static FullHttpResponse failed(String what, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof UnsupportedOperationException) {
      return Problem.of(ProblemCode.UNSUPPORTED, "this broker keeps nothing on disk").response();
    }
    log.warn("the journals could not {}", what, cause);
    return Problem.of(ProblemCode.UNAVAILABLE, "the journals could not " + what + ": " + cause)
        .response();
  }
}
