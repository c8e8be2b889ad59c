package io.pushgate.gateway.routing;

import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.broker.Cursors;
import io.pushgate.gateway.broker.Publication;
import io.pushgate.gateway.broker.Receipt;
import io.pushgate.gateway.broker.ReceiptOpening;
import io.pushgate.gateway.broker.ReceiptPage;
import io.pushgate.gateway.session.SessionRequest;
import io.pushgate.gateway.transport.Wire;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the ports ask of the gateway's inside. <em>Any thread</em> but where said. */
public interface Router {

  /** Journals a batch of pushes; each outcome is told on any thread, mostly before this returns. */
  void publish(List<Publication> batch);

  /**
   * Takes a notification back; in its order behind what was published before by the same caller.
   */
  void recall(String id, long receivedMillis, Publication.Outcome outcome);

  /** Where the newest notification with this id is; null where nothing is known of it. */
  CompletionStage<@Nullable Whereabouts> trace(String id);

  /** Decides where a publisher's receipts start; {@code after} as a session's. */
  CompletionStage<ReceiptOpening> openReceipts(String publisher, String after);

  CompletionStage<ReceiptPage> readReceipts(String publisher, long after, int maxReceipts);

  /**
   * Has {@code more} run, on any thread, whenever the publisher's receipts hold more, until the
   * returned is run.
   */
  Runnable followReceipts(String publisher, Runnable more);

  /**
   * Lets the receipts of a connection without a name come to {@code receipts}, on any thread, until
   * the connection is forgotten.
   *
   * @return the key for {@link io.pushgate.gateway.broker.ReceiptTo.Connection}
   */
  long rememberConnection(Consumer<Receipt> receipts);

  void forgetConnection(long key);

  /** Makes the cursors of receipts. */
  Cursors cursors();

  /** Closes a user's sessions with 4401. */
  void disconnect(UserId user);

  /** Forgets a user: journal, acknowledged place, receipts, and what is remembered as sent. */
  CompletionStage<Void> forget(UserId user);

  /**
   * Copies the store as it stands, while it is in use.
   *
   * @return where the copy is, for people; fails with an UnsupportedOperationException where there
   *     is nothing to copy
   */
  CompletionStage<String> backup();

  /** How many live sessions a user has. */
  int presence(UserId user);

  /**
   * Begins a session on a wire whose handshake was answered. On the wire's event loop. What the
   * client sent behind its handshake is received by the session.
   */
  void attach(Wire wire, SessionRequest request);

  /** Acknowledges for a client that has no way to say so on its own stream (SSE). */
  CompletionStage<Broker.Acknowledgement> acknowledgePosted(UserId user, Position position);
}
