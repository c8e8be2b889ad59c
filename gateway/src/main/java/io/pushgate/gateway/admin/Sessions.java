package io.pushgate.gateway.admin;

import io.pushgate.gateway.session.SessionView;
import io.pushgate.protocol.UserId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Looks at live sessions, each on its own loop. Any thread. */
public interface Sessions {

  /** A user's sessions on this node, the oldest first; none for who has none. */
  CompletionStage<List<SessionView>> of(UserId user);

  /** All sessions on this node, in no order. */
  CompletionStage<List<SessionView>> all();
}
