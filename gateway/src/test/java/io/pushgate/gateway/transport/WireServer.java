package io.pushgate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.pushgate.gateway.config.TransportConfig;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A listener on two loops whose connections shake hands with one byte each way and are a wire from
 * then on. <em>Any thread.</em>
 */
final class WireServer implements AutoCloseable {
  static final char HELLO = '?';
  static final char WELCOME = '!';
  private static final int LOOPS = 2;
  private static final int DEADLINE_SECONDS = 60;

  private final WireKind kind;
  private final Consumer<ServedWire> greeted;
  private final Transport transport;
  private final Listener listener;
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  private final BlockingQueue<ServedWire> served = new LinkedBlockingQueue<>();

  /** Wires wait until the test opens them. */
  WireServer(WireKind kind) throws IOException {
    this(kind, wire -> {});
  }

  /**
   * @param greeted what is done with a new wire at once, on its loop
   */
  WireServer(WireKind kind, Consumer<ServedWire> greeted) throws IOException {
    this.kind = kind;
    this.greeted = greeted;
    transport = Transport.start(new TransportConfig(kind.transport, LOOPS), () -> {});
    listener =
        transport.listenForSessions(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.config().setAllocator(allocator);
                channel.pipeline().addLast(new Greeter());
              }
            });
    listener.accept();
  }

  InetSocketAddress address() {
    return listener.address();
  }

  /** A client that has said hello, and said this behind it in the same segment. */
  WirePeer connect(String behind) throws IOException {
    return new WirePeer(address()).send(HELLO + behind);
  }

  /** The next wire whose handshake is done. */
  ServedWire next() {
    try {
      ServedWire wire = served.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
      if (wire == null) {
        throw new AssertionError("no wire in time");
      }
      return wire;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** A wire whose handshake is done already, if there is one. */
  @Nullable ServedWire poll() {
    return served.poll();
  }

  /** Waits until all that the loops were given by now is done. */
  void turn() {
    transport.loops().forEach(loop -> loop.submit(() -> {}).syncUninterruptibly());
  }

  /** Ends the loops, and fails where a buffer of a channel was not given back. */
  @Override
  public void close() {
    listener.close();
    transport.stop();
    Waiting.until(
        () -> allocator.metric().usedDirectMemory() + " bytes are not given back",
        () -> allocator.metric().usedDirectMemory() == 0);
  }

  private final class Greeter extends ByteToMessageDecoder {
    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
      if (in.readByte() != HELLO) {
        throw new IllegalStateException("no hello");
      }
      ctx.writeAndFlush(ctx.alloc().directBuffer(1).writeByte(WELCOME));
      ServedWire wire = new ServedWire(counter -> kind.over(ctx.channel(), transport, counter));
      ctx.pipeline().remove(this);
      greeted.accept(wire);
      served.add(wire);
    }
  }
}
