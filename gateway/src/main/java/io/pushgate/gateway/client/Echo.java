package io.pushgate.gateway.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.concurrent.Future;
import io.pushgate.gateway.transport.Wire;
import io.pushgate.gateway.websocket.FrameDecoder;
import io.pushgate.gateway.websocket.Frames;
import io.pushgate.protocol.CloseCode;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that sends back what it receives, over the decoder and the wire of the sessions, so
 * that a conformance suite can judge those. <em>Event loop only.</em>
 *
 * <p>What the socket does not take waits here, and until it has left nothing more is read: a client
 * that sends on and reads nothing costs one message and its echo.
 */
final class Echo implements Wire.Receiver, FrameDecoder.Sink {
  private static final int MAX_MESSAGE = 16 << 20;
  private static final int CLOSE_SECONDS = 5;

  private final Wire wire;
  private final FrameDecoder decoder = new FrameDecoder(MAX_MESSAGE, this);

  /** Frames that have not left; null where all have. */
  private @Nullable ByteBuf unsent;

  /** Runs from our Close frame on, which is the last that is sent. */
  private @Nullable Future<?> closeDeadline;

  private Echo(Wire wire) {
    this.wire = wire;
  }

  /** Echoes what comes on this wire until it ends. */
  static void over(Wire wire) {
    wire.open(new Echo(wire));
  }

  @Override
  public void received(ByteBuf bytes) {
    decoder.decode(bytes);
    flush();
  }

  @Override
  public void writable() {
    flush();
  }

  @Override
  public void lost() {
    decoder.release();
    dropUnsent();
    if (closeDeadline != null) {
      closeDeadline.cancel(false);
    }
  }

  @Override
  public void text(ByteBuf payload) {
    send(Frames.TEXT, payload);
  }

  @Override
  public void binary(ByteBuf payload) {
    send(Frames.BINARY, payload);
  }

  /** Each is answered, though only the newest has to be (RFC 6455, section 5.5.3). */
  @Override
  public void ping(ByteBuf payload) {
    send(Frames.PONG, payload);
  }

  /** One that nobody asked for is a sign of life (section 5.5.3). */
  @Override
  public void pong(ByteBuf payload) {}

  @Override
  public void emptyFragment() {}

  @Override
  public void close(int code, String reason) {
    Frames.answerClose(frames(Frames.MAX_CONTROL_PAYLOAD), code);
    closing();
  }

  @Override
  public void violation(CloseCode code, String reason) {
    Frames.close(frames(Frames.MAX_CONTROL_PAYLOAD), code, reason);
    closing();
  }

  private void closing() {
    closeDeadline = wire.loop().schedule(wire::abort, CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  private void send(int opcode, ByteBuf payload) {
    ByteBuf out = frames(payload.readableBytes());
    Frames.writeHeader(out, opcode, payload.readableBytes());
    out.writeBytes(payload);
  }

  /** Where the next frame, with so much payload, is to be appended. */
  private ByteBuf frames(int payload) {
    int length = Frames.headerLength(payload) + payload;
    if (unsent == null) {
      unsent = PooledByteBufAllocator.DEFAULT.directBuffer(length);
    }
    return unsent.ensureWritable(length);
  }

  private void flush() {
    ByteBuf out = unsent;
    if (out != null) {
      out.skipBytes(wire.write(out, out.readerIndex(), out.readableBytes()));
      if (!out.isReadable()) {
        dropUnsent();
      }
    }
    boolean closing = closeDeadline != null;
    wire.reading(unsent == null || closing); // What comes behind a Close is thrown away.
    if (closing && unsent == null) {
      wire.finish();
    }
  }

  private void dropUnsent() {
    if (unsent != null) {
      unsent.release();
      unsent = null;
    }
  }
}
