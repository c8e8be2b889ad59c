package io.pushgate.gateway.routing;

import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.broker.Publication;
import io.pushgate.gateway.session.SessionRequest;
import io.pushgate.gateway.transport.Wire;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What the ports ask of the gateway's inside. <em>Any thread</em> but where said. */
public interface Router {

  /** Journals a batch of pushes; each outcome is told on any thread, mostly before this returns. */
  void publish(List<Publication> batch);

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
