package io.pushgate.gateway.client;

import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.routing.Router;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.client.MalformedFrame;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Acknowledges for a page whose stream has no way back. Any thread. */
final class PostedAcks {
  private static final Logger log = LoggerFactory.getLogger(PostedAcks.class);

  private static final String RETRY_AFTER_SECONDS = "1";

  private final Router router;

  PostedAcks(Router router) {
    this.router = router;
  }

  /** Takes the acknowledgement in a request's body; the stage tells what is wrong with it. */
  CompletionStage<Optional<Problem>> take(PublicRequest request) {
    Position position;
    try {
      position = AckBody.position(request.body().getBytes(StandardCharsets.ISO_8859_1));
    } catch (MalformedFrame malformed) {
      return CompletableFuture.completedStage(Optional.of(badCursor(malformed.explanation())));
    }
    return router
        .acknowledgePosted(NamedUser.of(request), position)
        .handle((taken, failure) -> failure == null ? judge(taken) : unavailable(failure));
  }

  private static Optional<Problem> judge(Broker.Acknowledgement taken) {
    return switch (taken) {
      case TAKEN -> Optional.empty();
      case BAD_CURSOR ->
          Optional.of(badCursor("cursor: is not of this user's journals, or ahead of them"));
    };
  }

  private static Optional<Problem> unavailable(Throwable failure) {
    log.debug("acknowledgement not taken", failure);
    return Optional.of(
        Problem.of(ProblemCode.UNAVAILABLE, "the journal can't take it now")
            .withHeader("Retry-After", RETRY_AFTER_SECONDS));
  }

  private static Problem badCursor(String detail) {
    return Problem.of(ProblemCode.BAD_CURSOR, detail);
  }
}
