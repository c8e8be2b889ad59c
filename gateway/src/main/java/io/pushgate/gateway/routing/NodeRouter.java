package io.pushgate.gateway.routing;

import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.broker.Broker.Acknowledgement;
import io.pushgate.gateway.broker.Cursors;
import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.broker.Opening;
import io.pushgate.gateway.broker.Page;
import io.pushgate.gateway.broker.Publication;
import io.pushgate.gateway.broker.Receipt;
import io.pushgate.gateway.broker.ReceiptOpening;
import io.pushgate.gateway.broker.ReceiptPage;
import io.pushgate.gateway.broker.Sent;
import io.pushgate.gateway.hub.Hub;
import io.pushgate.gateway.session.Backend;
import io.pushgate.gateway.session.Session;
import io.pushgate.gateway.session.SessionLoop;
import io.pushgate.gateway.session.SessionRequest;
import io.pushgate.gateway.transport.Wire;
import io.pushgate.protocol.CloseCode;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The crossing between this node's ports, its broker and its hub. <em>Any thread.</em>
 *
 * <p>A push goes in to the broker; what the broker appended goes out to the hub. A session joins
 * the hub first and asks the broker second, so that nothing appended in between is missed.
 */
public final class NodeRouter implements Router, Broker.Listener, Backend {
  private static final Logger log = LoggerFactory.getLogger(NodeRouter.class);

  private static final int MAX_WAIT_SECONDS = 10;

  private final Broker broker;
  private final SecureRandom random = new SecureRandom();
  private final ReceiptRoutes receiptRoutes = new ReceiptRoutes();
  private @Nullable Hub hub;
  private final Map<Object, SessionLoop> loops = new HashMap<>();

  public NodeRouter(Broker broker) {
    this.broker = broker;
  }

  /** Sessions need a router to be made and the hub needs sessions, so it is named afterwards. */
  public void serve(Hub served, List<SessionLoop> sessionLoops) {
    hub = served;
    sessionLoops.forEach(shared -> loops.put(shared.loop(), shared));
    broker.listen(this);
  }

  private Hub hub() {
    Hub served = hub;
    if (served == null) {
      throw new IllegalStateException("serve() comes first");
    }
    return served;
  }

  @Override
  public void publish(List<Publication> batch) {
    broker.publish(batch);
  }

  @Override
  public int presence(UserId user) {
    return hub().presence(user);
  }

  @Override
  public void attach(Wire wire, SessionRequest request) {
    Session session = session(wire, request);
    hub().join(session);
    broker
        .open(request.user(), request.start())
        .whenComplete((opening, failure) -> session.onLoop(() -> open(session, opening, failure)));
  }

  /** How much was dropped before event loops that had too much waiting. */
  public long dropped() {
    return hub().dropped();
  }

  /**
   * Begins a session of the gateway's own: it gets what is pushed to its user, and no count, list,
   * broadcast or drain knows of it. On the wire's event loop.
   *
   * @return completes when it is open, on its loop; fails where the journal does not say where it
   *     starts, and then it never was
   */
  public CompletionStage<Void> attachUnseen(Wire wire, SessionRequest request) {
    Session session = session(wire, request);
    return broker
        .open(request.user(), request.start())
        .thenAcceptAsync(
            opening -> {
              hub().joinUnseen(session);
              session.open(opening);
            },
            wire.loop());
  }

  private Session session(Wire wire, SessionRequest request) {
    SessionLoop shared = loops.get(wire.loop());
    if (shared == null) {
      throw new IllegalStateException("a wire of a loop that serves no sessions");
    }
    return new Session(random.nextLong(), request, wire, shared);
  }

  private static void open(
      Session session, @Nullable Opening opening, @Nullable Throwable failure) {
    if (opening == null) {
      log.warn("the journal did not say where a session starts", failure);
      session.close(CloseCode.OVERLOADED, "the journal does not answer");
    } else {
      session.open(opening);
    }
  }

  @Override
  public CompletionStage<Acknowledgement> acknowledge(UserId user, Position position) {
    return broker.acknowledge(user, position);
  }

  @Override
  public CompletionStage<Acknowledgement> acknowledgePosted(UserId user, Position position) {
    return noted(user)
        .thenCompose(all -> broker.acknowledge(user, position))
        .thenApply(
            taken -> {
              if (taken == Acknowledgement.TAKEN) {
                for (Session session : hub().sessions(user)) {
                  session.onLoop(() -> session.posted(position));
                }
              }
              return taken;
            });
  }

  /**
   * Behind what the loops of a user's sessions are writing: a client has it sooner than its loop
   * notes that it was sent, and may say so on another connection. Fails where a loop has ended, or
   * does not come to it.
   */
  private CompletableFuture<Void> noted(UserId user) {
    try {
      return CompletableFuture.allOf(
              hub().sessions(user).stream()
                  .map(session -> session.shared().loop())
                  .distinct()
                  .map(loop -> CompletableFuture.runAsync(() -> {}, loop))
                  .toArray(CompletableFuture<?>[]::new))
          .orTimeout(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException ended) {
      return CompletableFuture.failedFuture(ended);
    }
  }

  @Override
  public CompletionStage<Page> read(JournalId journal, long after, int maxEntries, int maxBytes) {
    return broker.read(journal, after, maxEntries, maxBytes);
  }

  @Override
  public void left(Session session) {
    hub().leave(session);
  }

  @Override
  public void gone(Session session) {
    hub().forget(session);
  }

  @Override
  public void appended(JournalId journal, Entry entry) {
    UserId user = journal.user();
    if (user == null) {
      hub().offer(entry);
    } else {
      hub().offer(user, entry);
    }
  }

  @Override
  public int sessions(JournalId journal) {
    UserId user = journal.user();
    return user == null ? hub().sessions() : hub().presence(user);
  }

  @Override
  public Sent sent(UserId user, Feed feed) {
    return hub().sightings().sent(user, feed);
  }

  @Override
  public void receipts(String publisher) {
    receiptRoutes.more(publisher);
  }

  @Override
  public void receipt(long connection, Receipt receipt) {
    receiptRoutes.tell(connection, receipt);
  }

  @Override
  public void recall(String id, long receivedMillis, Publication.Outcome outcome) {
    broker.recall(id, receivedMillis, outcome);
  }

  @Override
  public CompletionStage<@Nullable Whereabouts> trace(String id) {
    return new Tracing(broker, hub().sightings()).trace(id);
  }

  @Override
  public CompletionStage<String> backup() {
    return broker.backup();
  }

  @Override
  public CompletionStage<ReceiptOpening> openReceipts(String publisher, String after) {
    return broker.openReceipts(publisher, after);
  }

  @Override
  public CompletionStage<ReceiptPage> readReceipts(String publisher, long after, int maxReceipts) {
    return broker.readReceipts(publisher, after, maxReceipts);
  }

  @Override
  public Runnable followReceipts(String publisher, Runnable more) {
    return receiptRoutes.follow(publisher, more);
  }

  @Override
  public long rememberConnection(Consumer<Receipt> receipts) {
    return receiptRoutes.remember(receipts);
  }

  @Override
  public void forgetConnection(long key) {
    receiptRoutes.forget(key);
  }

  @Override
  public Cursors cursors() {
    return broker.cursors();
  }

  @Override
  public void disconnect(UserId user) {
    hub().disconnect(user);
  }

  @Override
  public CompletionStage<Void> forget(UserId user) {
    return broker.forget(user).thenRun(() -> hub().forgetSent(user));
  }

  @Override
  public void acknowledged(UserId user, long userOffset, long everyoneOffset) {
    hub().acked(user, userOffset, everyoneOffset);
  }

  @Override
  public int onlineUsers() {
    return hub().onlineUsers();
  }
}
