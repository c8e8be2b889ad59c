package io.pushgate.gateway.ingress;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.pushgate.gateway.config.IngressConfig;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.routing.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The publishers' port on a free port of loopback, over a router of the test's choice. */
final class IngressServer implements AutoCloseable {
  private final EventLoopGroup loops;
  private final Metrics metrics = new Metrics();
  private final IngressInitializer initializer;
  private final Channel listener;
  private final AtomicLong handled = new AtomicLong();

  /** The ways of doing sockets that this machine knows. */
  enum Sockets {
    NIO,
    EPOLL,
    IO_URING;

    static List<Sockets> available() {
      List<Sockets> known = new ArrayList<>(List.of(NIO));
      if (Epoll.isAvailable()) {
        known.add(EPOLL);
      }
      if (IoUring.isAvailable()) {
        known.add(IO_URING);
      }
      return known;
    }

    private IoHandlerFactory handlers() {
      return switch (this) {
        case NIO -> NioIoHandler.newFactory();
        case EPOLL -> EpollIoHandler.newFactory();
        case IO_URING -> IoUringIoHandler.newFactory();
      };
    }

    private Class<? extends ServerChannel> listener() {
      return switch (this) {
        case NIO -> NioServerSocketChannel.class;
        case EPOLL -> EpollServerSocketChannel.class;
        case IO_URING -> IoUringServerSocketChannel.class;
      };
    }
  }

  IngressServer(Router router) {
    this(router, Sockets.available().get(Math.min(1, Sockets.available().size() - 1)));
  }

  IngressServer(Router router, Sockets sockets) {
    this(router, sockets, new IngressConfig(64 << 10, Duration.ofSeconds(10)));
  }

  IngressServer(Router router, Sockets sockets, IngressConfig config) {
    loops = new MultiThreadIoEventLoopGroup(1, sockets.handlers());
    initializer = new IngressInitializer(router, config, metrics);
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(sockets.listener())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new ReadCounter(), initializer);
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** How many bytes were read from publishers and handled. */
  long handledBytes() {
    return handled.get();
  }

  PublisherSocket connect() throws IOException {
    return new PublisherSocket(port());
  }

  IngressConnections connections() {
    return initializer.connections();
  }

  /** The value of one meter, written as in a scrape: {@code name{label="value"}}. */
  double meter(String series) {
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  /** Counts what was read once all other handlers are done with it. */
  private final class ReadCounter extends ChannelInboundHandlerAdapter {
    private long read;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      read += ((ByteBuf) message).readableBytes();
      ctx.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.fireChannelReadComplete();
      handled.addAndGet(read);
      read = 0;
    }
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    connections().closeNow();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    metrics.close();
  }
}
