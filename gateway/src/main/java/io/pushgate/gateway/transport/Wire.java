package io.pushgate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;

/**
 * A session's socket, seen as a few verbs, so that what lies behind it may be a Netty channel or a
 * bare descriptor on the event loop. <em>Event loop only</em>, but for {@link #loop()}.
 */
public interface Wire {

  /** What a wire tells its session. <em>Event loop only.</em> */
  interface Receiver {

    /** Bytes arrived. The receiver reads them before it returns and does not keep the buffer. */
    void received(ByteBuf bytes);

    /** A wire that took less than it was offered takes bytes again. */
    void writable();

    /** The peer is gone or the socket failed; nothing follows. Called once, also after an abort. */
    void lost();
  }

  /** Begins to deliver to this receiver; what arrived before is delivered first. */
  void open(Receiver receiver);

  /**
   * Offers {@code length} bytes from {@code index} and answers how many were taken. Less than
   * {@code length} means that the socket is full: {@link Receiver#writable()} follows. The bytes
   * may be overwritten as soon as this returns.
   */
  int write(ByteBuf bytes, int index, int length);

  /** Reads from the peer, or leaves what it sends in the kernel. A new wire reads. */
  void reading(boolean on);

  /**
   * Ends our direction after what was taken has left; {@link Receiver#lost()} follows when the peer
   * ends its own. The session sets the deadline, and then aborts.
   */
  void finish();

  /** Closes at once, whatever is still to leave. {@link Receiver#lost()} follows. */
  void abort();

  /** The loop that this wire lives on. <em>Any thread.</em> */
  EventLoop loop();
}
