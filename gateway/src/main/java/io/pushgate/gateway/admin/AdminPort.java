package io.pushgate.gateway.admin;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.metrics.Port;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The admin port: what its connections share, and the pipeline of each. Any thread. */
public final class AdminPort implements AutoCloseable {
  private final Metrics metrics;
  private final AdminRoutes routes;
  private final AtomicInteger connections = new AtomicInteger();

  /** Makes the answers that would hold up a loop. More than may wait are refused. */
  private final ThreadPoolExecutor slow =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(AdminLimits.MAX_WAITING),
          new DefaultThreadFactory("pushgate-admin", true));

  /** Wires the port with what it tells about. */
  public AdminPort(Metrics metrics, Health health, Sessions sessions, Refusals refusals) {
    this.metrics = metrics;
    this.routes = new AdminRoutes(health, new LookUps(metrics, sessions, refusals, slow));
  }

  /** Gives a new connection its handlers. */
  public ChannelInitializer<Channel> pipeline() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        open(channel);
      }
    };
  }

  @Override
  public void close() {
    slow.shutdownNow();
  }

  /**
   * The pipeline, in wire order. Nothing is read ahead: the valve lets one message through for each
   * time that the handler asks, so that pipelined requests are answered one after the other.
   */
  private void open(Channel channel) {
    if (connections.incrementAndGet() > AdminLimits.MAX_CONNECTIONS) {
      connections.decrementAndGet();
      metrics.limitHit("admin-connections");
      channel.close();
      return;
    }
    metrics.connectionAccepted(Port.ADMIN);
    channel.closeFuture().addListener(closed -> closed());
    HttpDecoderConfig limits =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(AdminLimits.MAX_LINE)
            .setMaxHeaderSize(AdminLimits.MAX_HEADERS);
    channel.config().setAutoRead(false);
    channel
        .pipeline()
        .addLast("http", new HttpServerCodec(limits))
        .addLast("valve", new FlowControlHandler())
        .addLast("admin", new AdminHandler(routes, metrics));
  }

  private void closed() {
    connections.decrementAndGet();
    metrics.connectionClosed(Port.ADMIN);
  }
}
