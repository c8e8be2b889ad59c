package io.pushgate.gateway.ingress;

import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.routing.Router;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressAnswer.Nack;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.NackCode;
import org.jspecify.annotations.Nullable;

/**
 * The answers that are known as soon as a request is read. A push is here only where it asks for
 * what this gateway does not keep. <em>Event loop only.</em>
 */
final class Replies implements IngressRequest.Cases<IngressAnswer> {
  private static final IngressAnswer PONG = new IngressAnswer.Pong();

  private final Router router;
  private final Metrics metrics;
  private boolean introduced;

  Replies(IngressContext context, boolean introduced) {
    this.router = context.router();
    this.metrics = context.metrics();
    this.introduced = introduced;
  }

  /** No receipts are kept, so none begin at a cursor, and an {@code after} is not met. */
  @Override
  public IngressAnswer hello(IngressRequest.Hello request) {
    metrics.publisherAsked("hello", 1);
    if (introduced) {
      return bad(null, "hello: comes once in a connection");
    }
    introduced = true;
    return new IngressAnswer.Ok(null, false);
  }

  @Override
  public IngressAnswer push(IngressRequest.Push request) {
    metrics.publisherAsked("push", 1);
    return notKept(request.id(), "receipt");
  }

  @Override
  public IngressAnswer recall(IngressRequest.Recall request) {
    metrics.publisherAsked("recall", 1);
    return notKept(request.id(), "recall");
  }

  @Override
  public IngressAnswer status(IngressRequest.Status request) {
    metrics.publisherAsked("status", 1);
    return notKept(request.id(), "status");
  }

  @Override
  public IngressAnswer presence(IngressRequest.Presence request) {
    metrics.publisherAsked("presence", 1);
    return new IngressAnswer.PresenceIs(request.user(), router.presence(request.user()));
  }

  @Override
  public IngressAnswer ping(IngressRequest.Ping request) {
    metrics.publisherAsked("ping", 1);
    return PONG;
  }

  /** Nacks any request of a gateway that is shutting down. */
  IngressAnswer draining(IngressRequest request) {
    String id = request instanceof IngressRequest.Push push ? push.id() : null;
    return new Nack(id, NackCode.DRAINING, "the gateway is shutting down");
  }

  private static Nack notKept(@Nullable String id, String what) {
    return bad(id, what + ": this gateway keeps no record of deliveries, so it can't offer this");
  }

  private static Nack bad(@Nullable String id, String message) {
    return new Nack(id, NackCode.BAD_REQUEST, message);
  }
}
