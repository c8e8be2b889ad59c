package io.pushgate.gateway.ingress;

import io.pushgate.gateway.broker.Publication;
import io.pushgate.gateway.broker.ReceiptTo;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.metrics.Port;
import io.pushgate.gateway.routing.Router;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.IngressAnswer.Nack;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.IngressRequest.Hello;
import io.pushgate.protocol.ingress.IngressRequest.Push;
import io.pushgate.protocol.ingress.MalformedRequest;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.Ref;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One publisher's requests in their order. Pushes are gathered and handed on as one batch; what
 * asks how things stand <em>stands alone</em>: it is asked when all before it are answered, and
 * nothing behind it is taken before it is. <em>Event loop only.</em>
 */
final class Conversation {
  private final Router router;
  private final Metrics metrics;
  private final Answers answers;
  private final Flow flow;
  private final Admission admission;
  private final Replies replies;
  private List<Publication> batch = new ArrayList<>();
  private long batchMillis;
  private boolean draining;
  private boolean over;

  /** The newest request that stands alone. */
  private @Nullable Slot alone;

  /** Asks for its answer; null when it has been asked. */
  private @Nullable Runnable question;

  Conversation(
      IngressContext context, Answers answers, Flow flow, Receipts receipts, Admission admission) {
    this.router = context.router();
    this.metrics = context.metrics();
    this.answers = answers;
    this.flow = flow;
    this.admission = admission;
    this.replies = new Replies(context, receipts, admission, this);
  }

  /** Nacks what is taken from now on. */
  void drain() {
    draining = true;
  }

  /** Takes a request that stood in {@code bytes} bytes on the wire. */
  void take(Envelope envelope, int bytes) {
    IngressRequest request = envelope.request();
    Slot slot = open(envelope.ref(), bytes + bytesOfNames(request));
    if (!admission.isOpen() && !(request instanceof Hello)) {
      end(slot, admission.objection());
    } else if (draining) {
      slot.complete(request.match(Draining.REPLIES));
    } else {
      request.match(replies).to(slot);
    }
  }

  /** Answers what was no request. */
  void refuse(MalformedRequest malformed, int bytes) {
    boolean tooLarge = malformed.code() == NackCode.TOO_LARGE;
    boolean known = admission.isOpen();
    refuse(malformed.ref(), known || tooLarge ? malformed.toNack() : admission.objection(), bytes);
    over |= !known;
  }

  /** Answers what was no request, or what went past a bound. */
  void refuse(Ref ref, Nack nack, int bytes) {
    metrics.malformedFrame(Port.INGRESS);
    if (nack.code() == NackCode.TOO_LARGE) {
      metrics.limitHit("ingress-too-large");
    }
    open(ref, bytes).complete(nack);
  }

  /** Lets this be the last answer: nothing behind it is taken. */
  void end(Slot slot, Nack nack) {
    over = true;
    slot.complete(nack);
  }

  /** Whether nothing more is to be taken, since the publisher was not let in. */
  boolean isOver() {
    return over;
  }

  /** How large the next line or frame may be. */
  int maxBytes() {
    return admission.maxBytes();
  }

  /** Puts a push into the batch. */
  void gather(Push push, @Nullable ReceiptTo receiptTo, Slot slot) {
    if (batch.isEmpty()) {
      batchMillis = System.currentTimeMillis();
    }
    batch.add(new Publication(push, batchMillis, receiptTo, slot));
  }

  /** Lets a request stand alone. */
  void alone(Slot slot, Runnable asking) {
    alone = slot;
    question = asking;
  }

  /** Whether the next request may be taken. */
  boolean isOpen() {
    return question == null && (alone == null || !answers.isOldest(alone));
  }

  /** Whether all before the request that stands alone are answered, and it is to be asked. */
  boolean isDue() {
    return question != null && alone != null && answers.isOldest(alone);
  }

  /** Hands on what was taken since the last call. */
  void handOn() {
    publish();
    Runnable asking = question;
    if (asking != null && isDue()) {
      question = null;
      asking.run();
    } else if (isOpen()) {
      alone = null; // It may hold the long list of a status.
    }
  }

  /** Hands the pushes gathered since the last call to the broker, as one batch. */
  void publish() {
    if (!batch.isEmpty()) {
      List<Publication> full = batch;
      batch = new ArrayList<>();
      metrics.publisherAsked("push", full.size());
      router.publish(full);
    }
  }

  private static int bytesOfNames(IngressRequest request) {
    return request instanceof Push push && push.to() instanceof Audience.Several several
        ? IngressLimits.BYTES_OF_A_NAME * several.users().size()
        : 0;
  }

  private Slot open(Ref ref, int bytes) {
    if (flow.taken(bytes)) {
      metrics.limitHit("ingress-in-flight");
    }
    return answers.add(ref, bytes);
  }
}
