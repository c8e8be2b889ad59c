package io.pushgate.gateway.ingress;

import io.pushgate.gateway.broker.Publication;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.metrics.Port;
import io.pushgate.gateway.routing.Router;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressAnswer.Nack;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.IngressRequest.Push;
import io.pushgate.protocol.ingress.MalformedRequest;
import io.pushgate.protocol.ingress.Ref;
import java.util.ArrayList;
import java.util.List;

/**
 * One publisher's requests in their order. Pushes are gathered and handed on as one batch; all else
 * is answered where it is met. <em>Event loop only.</em>
 */
final class Conversation {
  private final Router router;
  private final Metrics metrics;
  private final Answers answers;
  private final Flow flow;
  private final Replies replies;
  private List<Publication> batch = new ArrayList<>();
  private long batchMillis;
  private boolean draining;

  /**
   * @param introduced the publisher was named already, so that no hello is expected
   */
  Conversation(IngressContext context, Answers answers, Flow flow, boolean introduced) {
    this.router = context.router();
    this.metrics = context.metrics();
    this.answers = answers;
    this.flow = flow;
    this.replies = new Replies(context, introduced);
  }

  /** Nacks what is taken from now on. */
  void drain() {
    draining = true;
  }

  /** Takes a request that stood in {@code bytes} bytes on the wire. */
  void take(Envelope envelope, int bytes) {
    Slot slot = open(envelope.ref(), bytes);
    IngressRequest request = envelope.request();
    if (draining) {
      slot.complete(replies.draining(request));
    } else if (request instanceof Push push && !push.receipt()) {
      if (batch.isEmpty()) {
        batchMillis = System.currentTimeMillis();
      }
      batch.add(new Publication(push, batchMillis, null, slot));
    } else {
      slot.complete(request.match(replies));
    }
  }

  /** Answers what was no request. */
  void refuse(MalformedRequest malformed, int bytes) {
    refuse(malformed.ref(), malformed.toNack(), bytes);
  }

  /** Answers what was no request, or what went past a bound. */
  void refuse(Ref ref, Nack nack, int bytes) {
    metrics.malformedFrame(Port.INGRESS);
    open(ref, bytes).complete(nack);
  }

  /** Says something that no request asked for, behind all answers that are owed. */
  void say(IngressAnswer unasked) {
    open(Ref.NONE, 0).complete(unasked);
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

  private Slot open(Ref ref, int bytes) {
    if (flow.taken(bytes)) {
      metrics.limitHit("ingress-in-flight");
    }
    return answers.add(ref, bytes);
  }
}
