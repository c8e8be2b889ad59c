package io.pushgate.gateway.session;

import io.pushgate.gateway.broker.Broker.Acknowledgement;
import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.broker.Page;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.util.concurrent.CompletionStage;

/** What a session asks of the gateway. Called on its event loop; stages complete on any thread. */
public interface Backend {

  CompletionStage<Page> read(JournalId journal, long after, int maxEntries, int maxBytes);

  CompletionStage<Acknowledgement> acknowledge(UserId user, Position position);

  /** The session takes no more notifications: it leaves its user's group. Called once. */
  void left(Session session);

  /** The session's wire is gone, and so is the session. Called once, after {@link #left}. */
  void gone(Session session);
}
