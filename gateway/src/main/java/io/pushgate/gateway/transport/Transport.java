package io.pushgate.gateway.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.pushgate.gateway.config.TransportConfig;
import io.pushgate.gateway.config.TransportKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The event loops and the kind of sockets they carry, whichever of Netty's transports it is.
 * <em>Any thread.</em>
 */
public final class Transport {
  /** How long a publisher may be silent before the kernel asks, and how often it asks again. */
  private static final int KEEPALIVE_IDLE_SECONDS = 60;

  private static final int KEEPALIVE_INTERVAL_SECONDS = 10;
  private static final int KEEPALIVE_PROBES = 3;

  private static final int ACCEPT_BACKLOG = 4096;
  private static final int SESSION_SEND_BUFFER = 64 * 1024;
  private static final long SESSION_UNSENT = 16 * 1024;
  private static final long STOP_TIMEOUT_SECONDS = 5;

  private final TransportKind kind;
  private final EventLoopGroup group;
  private final ReadBuffer readBuffer = new ReadBuffer();
  private final Runnable acceptFailed;

  private Transport(TransportKind kind, int loops, Runnable acceptFailed) {
    this.kind = kind;
    this.acceptFailed = acceptFailed;
    this.group =
        new MultiThreadIoEventLoopGroup(
            loops, new DefaultThreadFactory("pushgate-loop"), handlers(kind));
  }

  /**
   * Starts the loops.
   *
   * @param acceptFailed told, on a loop, whenever a connection could not be accepted
   * @throws UnsupportedOperationException where this machine cannot run the transport that was
   *     asked for; the message names it and why
   */
  public static Transport start(TransportConfig config, Runnable acceptFailed) {
    TransportKind kind = config.kind() == TransportKind.AUTO ? best() : config.kind();
    Throwable cause = missing(kind);
    if (cause != null) {
      throw new UnsupportedOperationException(
          "transport " + kind + " is not available here: " + cause.getMessage(), cause);
    }
    return new Transport(kind, config.eventLoops(), acceptFailed);
  }

  /** Epoll where it is there: stock io_uring channels cost more a message than it does. */
  private static TransportKind best() {
    return Epoll.isAvailable() ? TransportKind.EPOLL : TransportKind.NIO;
  }

  private static @Nullable Throwable missing(TransportKind kind) {
    return switch (kind) {
      case EPOLL -> Epoll.unavailabilityCause();
      case IO_URING -> IoUring.unavailabilityCause();
      case NIO, AUTO -> null;
    };
  }

  private static IoHandlerFactory handlers(TransportKind kind) {
    return switch (kind) {
      case EPOLL -> EpollIoHandler.newFactory();
      case IO_URING -> IoUringIoHandler.newFactory();
      case NIO, AUTO -> NioIoHandler.newFactory();
    };
  }

  private static Class<? extends ServerChannel> serverChannel(TransportKind kind) {
    return switch (kind) {
      case EPOLL -> EpollServerSocketChannel.class;
      case IO_URING -> IoUringServerSocketChannel.class;
      case NIO, AUTO -> NioServerSocketChannel.class;
    };
  }

  /** What carries the sockets; never {@link TransportKind#AUTO}. */
  public TransportKind kind() {
    return kind;
  }

  /**
   * Binds, and serves each connection on one of the loops once it is {@linkplain Listener#accept
   * told to}. The kernel asks who is silent whether he is there: nothing else ends a connection
   * that may be idle for days, and whose other end has gone without a word.
   *
   * @throws IOException where the address cannot be had
   */
  public Listener listen(InetSocketAddress address, ChannelInitializer<Channel> pipeline)
      throws IOException {
    ServerBootstrap server = server().childOption(ChannelOption.SO_KEEPALIVE, true);
    switch (kind) {
      case EPOLL ->
          server
              .childOption(EpollChannelOption.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS)
              .childOption(EpollChannelOption.TCP_KEEPINTVL, KEEPALIVE_INTERVAL_SECONDS)
              .childOption(EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES);
      case IO_URING ->
          server
              .childOption(IoUringChannelOption.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS)
              .childOption(IoUringChannelOption.TCP_KEEPINTVL, KEEPALIVE_INTERVAL_SECONDS)
              .childOption(IoUringChannelOption.TCP_KEEPCNT, KEEPALIVE_PROBES);
      case NIO, AUTO -> {
        // The kernel's own times.
      }
    }
    return Listener.bind(server, address, pipeline);
  }

  /**
   * The same for sessions: kernels keep little for a client that does not read, so that the session
   * knows early and the journal keeps the rest.
   *
   * @throws IOException where the address cannot be had
   */
  public Listener listenForSessions(InetSocketAddress address, ChannelInitializer<Channel> pipeline)
      throws IOException {
    ServerBootstrap server = server().childOption(ChannelOption.SO_SNDBUF, SESSION_SEND_BUFFER);
    if (kind == TransportKind.EPOLL) {
      server.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, SESSION_UNSENT);
    }
    return Listener.bind(server, address, pipeline);
  }

  /** A server that accepts on these loops and serves each connection on one of them. */
  public ServerBootstrap server() {
    return new ServerBootstrap()
        .group(group)
        .channel(serverChannel(kind))
        .handler(new AcceptPause(acceptFailed))
        .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.ALLOCATOR, Buffers.ALLOCATOR)
        .childOption(ChannelOption.TCP_NODELAY, true);
  }

  /**
   * A wire over a channel whose handshake was answered, from its loop. What arrives from now on is
   * the wire's; the channel's handlers before it have left.
   *
   * @param closed told once, on the loop, when the connection is gone
   */
  public Wire wire(Channel channel, Runnable closed) {
    ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
    if (channel instanceof EpollSocketChannel epoll && unsent != null && unsent.isEmpty()) {
      return new EpollWire(epoll, readBuffer, closed);
    }
    ChannelWire wire = new ChannelWire(channel, closed);
    channel.pipeline().addLast(wire);
    return wire;
  }

  public List<EventLoop> loops() {
    List<EventLoop> loops = new ArrayList<>();
    for (EventExecutor loop : group) {
      loops.add((EventLoop) loop);
    }
    return loops;
  }

  /**
   * Ends the loops, after what they were given to do. Waits for it; not from a loop.
   *
   * @return whether they have ended; one that does not for long never will
   */
  public boolean stop() {
    return stop(2 * STOP_TIMEOUT_SECONDS);
  }

  boolean stop(long patienceSeconds) {
    return group
        .shutdownGracefully(0, STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(patienceSeconds, TimeUnit.SECONDS);
  }
}
