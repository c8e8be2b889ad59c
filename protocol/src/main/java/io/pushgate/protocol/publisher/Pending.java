package io.pushgate.protocol.publisher;

import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A request that waits for its answer, over as many connections as that takes. Made by any thread,
 * completed on the event loop.
 */
final class Pending<T extends IngressAnswer> {
  private final IngressRequest request;
  private final Class<T> expected;
  private final Runnable settled;
  private final CompletableFuture<T> answer = new CompletableFuture<>();

  /** What is told of the settling hears of it before whoever waits for the answer. */
  Pending(IngressRequest request, Class<T> expected, Runnable settled) {
    this.request = request;
    this.expected = expected;
    this.settled = settled;
  }

  IngressRequest request() {
    return request;
  }

  /** Out of reach of whoever cancels what he got. */
  CompletionStage<T> answer() {
    return answer.minimalCompletionStage();
  }

  void complete(IngressAnswer given) {
    settled.run();
    if (expected.isInstance(given)) {
      answer.complete(expected.cast(given));
    } else if (given instanceof IngressAnswer.Nack nack) {
      answer.completeExceptionally(new NackException(nack));
    } else {
      answer.completeExceptionally(
          new IllegalStateException("the gateway answered with " + given.getClass()));
    }
  }

  void fail(Throwable cause) {
    settled.run();
    answer.completeExceptionally(cause);
  }
}
