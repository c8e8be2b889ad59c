package io.pushgate.gateway.session;

import io.pushgate.gateway.broker.Start;
import io.pushgate.protocol.UserId;
import java.net.InetAddress;

/**
 * What a handshake settled. <em>Immutable.</em>
 *
 * @param start where the client asks to begin
 * @param window how many notifications may stand unacknowledged, 0 for no bound
 * @param client the client's address: the peer's, or the one a trusted proxy told
 * @param ending is told how the session ended
 * @param lease until when the client may stay
 */
public record SessionRequest(
    UserId user,
    Start start,
    int window,
    Format format,
    InetAddress client,
    Ending ending,
    Lease lease) {

  /** The encoding of one session's stream. */
  public enum Format {
    WEBSOCKET,
    SSE
  }
}
