package io.pushgate.gateway.testing;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Listens where a service tells systemd how it stands, with a queue of what it told. */
public final class NotifyListener implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final String name;
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

  private NotifyListener(String name) {
    this.name = name;
  }

  /** Listens at a path, or, where the name begins with {@code @}, in the abstract namespace. */
  public static NotifyListener at(String name) {
    NotifyListener listener = new NotifyListener(name);
    new Bootstrap()
        .group(listener.group)
        .channel(EpollDomainDatagramChannel.class)
        .handler(
            new SimpleChannelInboundHandler<DomainDatagramPacket>() {
              @Override
              protected void channelRead0(ChannelHandlerContext ctx, DomainDatagramPacket packet) {
                listener.told.add(packet.content().toString(StandardCharsets.UTF_8));
              }
            })
        .bind(new DomainSocketAddress(name.startsWith("@") ? "\0" + name.substring(1) : name))
        .syncUninterruptibly();
    return listener;
  }

  /** What stands in a service's {@code NOTIFY_SOCKET}. */
  public String name() {
    return name;
  }

  /** Waits for a datagram with this line, and answers it whole. */
  public String await(String line) throws InterruptedException {
    List<String> before = new ArrayList<>();
    for (String next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        next != null;
        next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      if (next.lines().anyMatch(line::equals)) {
        return next;
      }
      before.add(next);
    }
    throw new AssertionError("not told '%s', but %s".formatted(line, before));
  }

  /** Takes all that was told and not awaited. */
  public List<String> drain() {
    List<String> all = new ArrayList<>();
    told.drainTo(all);
    return all;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
