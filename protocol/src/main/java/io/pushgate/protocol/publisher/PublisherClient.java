package io.pushgate.protocol.publisher;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;
import java.security.SecureRandom;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Pushes from a Java service to a gateway. Requests go out in the order in which they were made,
 * many at a time, without waiting for each other's answers. When the connection is lost another one
 * is made, and what has no answer is sent again: each push carries an id, so that a repeat is no
 * second notification. With a name the client also reads its publisher's receipts, which the
 * listener hears, each connection going on where the one before ended. Any thread.
 *
 * <p>Stages are completed on the client's event loop, so what hangs on them must not block. They
 * complete with the answer, or exceptionally:
 *
 * <ul>
 *   <li>{@link NackException}: the gateway did not take it;
 *   <li>{@link InFlightLimitException}: as many as {@code maxInFlight} have no answer; nothing was
 *       sent, and waiting for one of those is the way to go on;
 *   <li>{@link PublisherClosedException}: the client was closed; the request may have been taken;
 *   <li>{@link IllegalArgumentException}: the request does not fit into a frame.
 * </ul>
 */
public final class PublisherClient {
  private final PublisherOptions options;
  private final EventLoop loop;
  private final Link link;
  private final Queue<Pending<?>> made = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean handing = new AtomicBoolean();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicReference<@Nullable CompletableFuture<Void>> closing =
      new AtomicReference<>();
  private final String idPrefix = "%016x-".formatted(new SecureRandom().nextLong());
  private final AtomicLong ids = new AtomicLong();

  private PublisherClient(PublisherOptions options, PublisherListener listener) {
    this.options = options;
    this.loop =
        new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("pushgate-publisher", true), NioIoHandler.newFactory())
            .next();
    this.link = new Link(loop, options, listener);
  }

  /**
   * As {@link #connect(PublisherOptions, PublisherListener)}, without name, secret and listener.
   */
  public static PublisherClient connect(String host, int port) {
    return connect(PublisherOptions.of(host, port), PublisherListener.SILENT);
  }

  /**
   * Begins to connect, and goes on trying until closed; requests may be made at once.
   *
   * @throws IllegalArgumentException where the files for TLS cannot be used
   */
  public static PublisherClient connect(PublisherOptions options, PublisherListener listener) {
    if (options.tls() != null) {
      options.tls().read();
    }
    PublisherClient client = new PublisherClient(options, listener);
    client.loop.execute(client.link::connect);
    return client;
  }

  /**
   * Pushes one notification. One without an id gets one, which the ack tells and which stays the
   * same when it is sent again.
   */
  public CompletionStage<IngressAnswer.Ack> push(IngressRequest.Push push) {
    return request(push.id() == null ? push.withId(nextId()) : push, IngressAnswer.Ack.class);
  }

  /** Takes a notification back. */
  public CompletionStage<IngressAnswer.Ack> recall(String id) {
    return request(new IngressRequest.Recall(id), IngressAnswer.Ack.class);
  }

  /** Asks how far a notification came. */
  public CompletionStage<IngressAnswer.StatusIs> status(String id) {
    return request(new IngressRequest.Status(id), IngressAnswer.StatusIs.class);
  }

  /** Asks how many sessions a user has now. */
  public CompletionStage<IngressAnswer.PresenceIs> presence(UserId user) {
    return request(new IngressRequest.Presence(user), IngressAnswer.PresenceIs.class);
  }

  /** Asks for a sign of life, behind all that was asked for before. */
  public CompletionStage<IngressAnswer.Pong> ping() {
    return request(new IngressRequest.Ping(), IngressAnswer.Pong.class);
  }

  /** How many requests have no answer. */
  public int inFlight() {
    return inFlight.get();
  }

  /**
   * Takes no more requests, waits for the answers to those that were made, as long as {@code
   * closeTimeout} allows, and ends the client's thread; the stage completes behind that. Closing
   * twice is closing once.
   */
  public CompletionStage<Void> close() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    CompletableFuture<Void> first = closing.compareAndExchange(null, closed);
    if (first != null) {
      return first.minimalCompletionStage();
    }
    loop.execute(
        () -> {
          take();
          link.drain(
              () ->
                  loop.parent()
                      .shutdownGracefully(0, 1, TimeUnit.SECONDS)
                      .addListener(ended -> closed.complete(null)));
        });
    return closed.minimalCompletionStage();
  }

  private <T extends IngressAnswer> CompletionStage<T> request(
      IngressRequest request, Class<T> expected) {
    if (closing.get() != null) {
      return CompletableFuture.failedStage(new PublisherClosedException());
    }
    if (inFlight.incrementAndGet() > options.maxInFlight()) {
      inFlight.decrementAndGet();
      return CompletableFuture.failedStage(new InFlightLimitException(options.maxInFlight()));
    }
    Pending<T> pending = new Pending<>(request, expected, inFlight::decrementAndGet);
    made.add(pending);
    handOver();
    return pending.answer();
  }

  /** Wakes the event loop once for all requests that are made until it looks. */
  private void handOver() {
    if (handing.getAndSet(true)) {
      return;
    }
    try {
      loop.execute(this::take);
    } catch (RejectedExecutionException closed) {
      for (Pending<?> next = made.poll(); next != null; next = made.poll()) {
        next.fail(new PublisherClosedException());
      }
    }
  }

  private void take() {
    handing.set(false);
    for (Pending<?> next = made.poll(); next != null; next = made.poll()) {
      link.add(next);
    }
    link.send();
  }

  private String nextId() {
    return idPrefix + ids.incrementAndGet();
  }
}
