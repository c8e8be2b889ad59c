package io.pushgate.gateway.ingress;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The room that all publishers share: so many connections, and so many bytes of requests that were
 * read and are not answered. Where it is full, those who hold no more than one read's worth are
 * read on, so that nobody is held up by what others send; the rest when answers have made room.
 * <em>Any thread.</em>
 */
public final class IngressRoom {
  private final int maxConnections;
  private final long maxBytes;
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean shut;
  private final AtomicBoolean waitedFor = new AtomicBoolean();

  public IngressRoom(int maxConnections, long maxBytes) {
    this.maxConnections = maxConnections;
    this.maxBytes = maxBytes;
  }

  int maxConnections() {
    return maxConnections;
  }

  /** Shuts it whatever is in it, or opens it again. */
  void shut(boolean now) {
    shut = now;
  }

  /** One connection holds more, or less. */
  void change(long more) {
    if (more != 0) {
      bytes.addAndGet(more);
    }
  }

  /** Whether one who holds so many bytes may be read. Who may not is told to look again. */
  boolean isOpenTo(long held) {
    boolean open = !shut && (held <= IngressLimits.READ_BYTES || bytes.get() < maxBytes);
    if (!open) {
      waitedFor.set(true);
    }
    return open;
  }

  boolean isShut() {
    return shut;
  }

  /** Whether somebody could not be read since the last call. */
  boolean wasWaitedFor() {
    return waitedFor.getAndSet(false);
  }

  /** How many bytes are in it. */
  public long bytes() {
    return bytes.get();
  }
}
