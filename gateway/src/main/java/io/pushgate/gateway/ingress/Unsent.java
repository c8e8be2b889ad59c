package io.pushgate.gateway.ingress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.AttributeKey;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers that a connection's socket has not taken: so many bytes, since when, as of the last look.
 * <em>Event loop only.</em>
 */
record Unsent(long bytes, long sinceNanos, long lookedNanos) {
  private static final AttributeKey<Unsent> SEEN = AttributeKey.valueOf("pushgate.unsent");

  /** Less is not worth a connection. */
  private static final long LITTLE = 64 << 10;

  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** How much is handed to a channel and not taken by the kernel. */
  static long bytes(Channel channel) {
    ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
    return out == null ? 0 : out.totalPendingWriteBytes();
  }

  /**
   * Whether a connection, looked at again and again, has taken nothing of much that it is owed for
   * some seconds.
   */
  static boolean isStuck(Channel channel) {
    assert channel.eventLoop().inEventLoop();
    long now = channel.eventLoop().ticker().nanoTime();
    long bytes = bytes(channel);
    @Nullable Unsent seen = channel.attr(SEEN).get();
    // What was seen in an earlier overload says nothing of the time between.
    boolean goesOn = seen != null && now - seen.lookedNanos < LONG_NANOS && bytes >= seen.bytes;
    Unsent next =
        goesOn ? new Unsent(seen.bytes, seen.sinceNanos, now) : new Unsent(bytes, now, now);
    channel.attr(SEEN).set(next);
    return bytes >= LITTLE && now - next.sinceNanos > LONG_NANOS;
  }
}
