package io.pushgate.gateway.session;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.CloseCode;
import io.pushgate.protocol.client.ServerFrame;

/**
 * How a session's stream looks on the wire: WebSocket frames or server-sent events. Both carry the
 * same JSON. <em>Event loop only.</em>
 */
interface StreamFormat {

  /**
   * The frames {@code from} to {@code to} of a run as they go out to this session: the run itself,
   * or a translation of these frames alone that lives until the next call.
   */
  Run translate(Run run, int from, int to, Pump pump);

  /** Appends a frame that is no notification. */
  void write(ServerFrame frame, Pump pump, ByteBuf out);

  /** Appends what keeps the way open and, on a WebSocket, asks the client for a sign of life. */
  void heartbeat(long mark, ByteBuf out);

  /** Appends the last thing that the session says. */
  void close(CloseCode code, String reason, ByteBuf out);
}
