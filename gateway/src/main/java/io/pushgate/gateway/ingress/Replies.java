package io.pushgate.gateway.ingress;

import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.routing.Router;
import io.pushgate.gateway.routing.Whereabouts;
import io.pushgate.protocol.Limits;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressAnswer.Nack;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.NackCode;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How each request of one publisher comes by its answer. <em>Event loop only.</em> */
final class Replies implements IngressRequest.Cases<Replies.Reply> {
  /** Answers a hello behind which no receipts come. */
  static final IngressAnswer.Ok NO_RECEIPTS = new IngressAnswer.Ok(null, false);

  private static final IngressAnswer PONG = new IngressAnswer.Pong();

  private final Router router;
  private final Metrics metrics;
  private final Receipts receipts;
  private final Admission admission;
  private final Conversation conversation;

  /** The hello that was taken; one that failed may be said again. */
  private @Nullable CompletableFuture<IngressAnswer.Ok> introduction;

  /** Sees to it that a slot is completed. */
  interface Reply {
    void to(Slot slot);
  }

  Replies(
      IngressContext context, Receipts receipts, Admission admission, Conversation conversation) {
    this.router = context.router();
    this.metrics = context.metrics();
    this.receipts = receipts;
    this.admission = admission;
    this.conversation = conversation;
    this.introduction = receipts.isNamed() ? CompletableFuture.completedFuture(NO_RECEIPTS) : null;
  }

  @Override
  public Reply hello(IngressRequest.Hello request) {
    metrics.publisherAsked("hello", 1);
    if (introduction != null && !introduction.isCompletedExceptionally()) {
      return now(new Nack(null, NackCode.BAD_REQUEST, "hello: comes once in a connection"));
    }
    Nack objection = admission.objection(request);
    if (objection != null) {
      return slot -> conversation.end(slot, objection);
    }
    String publisher = request.publisher();
    if (publisher == null) {
      introduction = CompletableFuture.completedFuture(NO_RECEIPTS);
      return now(NO_RECEIPTS);
    }
    String after = request.after() == null ? "" : request.after();
    return slot -> conversation.alone(slot, () -> introduce(publisher, after, slot));
  }

  private void introduce(String publisher, String after, Slot slot) {
    introduction = receipts.introduce(publisher, after);
    introduction.whenComplete(
        (ok, failure) -> slot.complete(failure == null ? ok : unavailable(null)));
  }

  @Override
  public Reply push(IngressRequest.Push request) {
    return slot ->
        conversation.gather(request, request.receipt() ? receipts.addressee() : null, slot);
  }

  @Override
  public Reply recall(IngressRequest.Recall request) {
    metrics.publisherAsked("recall", 1);
    return slot -> {
      conversation.publish();
      router.recall(request.id(), System.currentTimeMillis(), slot);
    };
  }

  @Override
  public Reply status(IngressRequest.Status request) {
    metrics.publisherAsked("status", 1);
    return slot -> conversation.alone(slot, () -> trace(request.id(), slot));
  }

  private void trace(String id, Slot slot) {
    router
        .trace(id)
        .whenComplete(
            (found, failure) ->
                slot.complete(failure == null ? status(id, found) : unavailable(id)));
  }

  private static IngressAnswer status(String id, @Nullable Whereabouts found) {
    if (found == null) {
      return new Nack(id, NackCode.NOT_FOUND, "id: nothing is known of it");
    }
    return new IngressAnswer.StatusIs(
        id,
        found.sent(),
        found.acknowledged(),
        found.users().stream()
            .limit(Limits.MAX_STATUS_USERS)
            .map(each -> new IngressAnswer.UserState(each.user(), each.state(), each.sinceMillis()))
            .toList());
  }

  @Override
  public Reply presence(IngressRequest.Presence request) {
    metrics.publisherAsked("presence", 1);
    return now(new IngressAnswer.PresenceIs(request.user(), router.presence(request.user())));
  }

  @Override
  public Reply ping(IngressRequest.Ping request) {
    metrics.publisherAsked("ping", 1);
    return now(PONG);
  }

  private static Reply now(IngressAnswer answer) {
    return slot -> slot.complete(answer);
  }

  private static Nack unavailable(@Nullable String id) {
    return new Nack(id, NackCode.UNAVAILABLE, "the journal does not answer");
  }
}
