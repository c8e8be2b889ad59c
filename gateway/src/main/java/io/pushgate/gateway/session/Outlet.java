package io.pushgate.gateway.session;

import io.netty.buffer.ByteBuf;
import io.pushgate.gateway.metrics.Port;
import io.pushgate.gateway.transport.Wire;
import org.jspecify.annotations.Nullable;

/**
 * A session's way out: whether its socket is full, and the rest of the frame that it took half of.
 * <em>Event loop only.</em>
 */
final class Outlet {
  private final Wire wire;
  private final SessionLoop shared;
  private @Nullable Rest rest;
  private boolean full;
  private int tookMillis;

  /** Exists only while a socket is full: an idle session has no room for it. */
  private record Rest(ByteBuf bytes, int sinceMillis) {}

  Outlet(Wire wire, SessionLoop shared) {
    this.wire = wire;
    this.shared = shared;
    this.tookMillis = shared.nowMillis();
  }

  /** Answers how many bytes were taken; less than all of them means that the socket is full. */
  int write(ByteBuf bytes, int start, int length) {
    int taken = 0;
    try {
      taken = wire.write(bytes, start, length);
    } catch (OutOfMemoryError noBuffer) {
      endWithoutBuffers();
    }
    if (taken > 0) {
      tookMillis = shared.nowMillis();
      shared.metrics.sent(Port.PUBLIC, taken);
    }
    if (taken < length && !full) {
      full = true;
      shared.metrics.sessionPaused();
    }
    return taken;
  }

  /** A frame once begun is finished before anything else: its rest is this session's own copy. */
  void keepRest(ByteBuf bytes, int index, int end) {
    if (index < end) {
      try {
        ByteBuf copy = SessionLoop.buffer(end - index).writeBytes(bytes, index, end - index);
        rest = new Rest(copy, shared.nowMillis());
      } catch (OutOfMemoryError noBuffer) {
        endWithoutBuffers();
      }
    }
  }

  /** Of buffers, not of the heap. Half a frame may be out, so nothing more can be said. */
  private void endWithoutBuffers() {
    shared.metrics.limitHit("direct-memory");
    wire.finish();
    wire.abort();
  }

  boolean hasRest() {
    return rest != null;
  }

  void writeRest() {
    if (rest != null) {
      ByteBuf bytes = rest.bytes();
      bytes.skipBytes(write(bytes, bytes.readerIndex(), bytes.readableBytes()));
      if (!bytes.isReadable()) {
        dropRest();
      }
    }
  }

  void writable() {
    full = false;
    tookMillis = shared.nowMillis();
  }

  boolean full() {
    return full;
  }

  /** When the socket last took something. */
  int tookMillis() {
    return tookMillis;
  }

  int queuedBytes() {
    return rest == null ? 0 : rest.bytes().readableBytes();
  }

  /** For how long that has been so; as coarse as the sessions' clock. */
  int queuedMillis() {
    return rest == null ? 0 : shared.nowMillis() - rest.sinceMillis();
  }

  /** Nothing is written any more. */
  void release() {
    full = true;
    dropRest();
  }

  private void dropRest() {
    if (rest != null) {
      rest.bytes().release();
      rest = null;
    }
  }
}
