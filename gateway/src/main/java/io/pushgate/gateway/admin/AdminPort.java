package io.pushgate.gateway.admin;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.pushgate.gateway.config.AdminConfig;
import io.pushgate.gateway.http.StrictRequestDecoder;
import io.pushgate.gateway.metrics.ByteCounter;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.metrics.Port;
import io.pushgate.gateway.routing.Router;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The admin port: what its connections share, and the pipeline of each. Any thread. */
public final class AdminPort implements AutoCloseable {
  private final Metrics metrics;
  private final AdminRoutes routes;
  private final ByteCounter bytes;
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
  public AdminPort(
      AdminConfig config,
      Metrics metrics,
      Health health,
      Sessions sessions,
      Refusals refusals,
      Router router) {
    this.metrics = metrics;
    this.bytes = new ByteCounter(metrics, Port.ADMIN);
    this.routes =
        new AdminRoutes(
            new AdminAccess(config, metrics, System::nanoTime),
            health,
            new LookUps(metrics, sessions, refusals, router, slow),
            new Orders(router));
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

  /** The pipeline, in wire order; the decoder lets one request through at a time. */
  private void open(Channel channel) {
    if (connections.incrementAndGet() > AdminLimits.MAX_CONNECTIONS) {
      connections.decrementAndGet();
      metrics.limitHit("admin-connections");
      channel.close();
      return;
    }
    metrics.connectionAccepted(Port.ADMIN);
    channel.closeFuture().addListener(closed -> closed());
    StrictRequestDecoder decoder =
        new StrictRequestDecoder(AdminLimits.MAX_LINE, AdminLimits.MAX_HEADERS);
    channel
        .pipeline()
        .addLast("bytes", bytes)
        .addLast("decoder", decoder)
        .addLast("encoder", new HttpResponseEncoder())
        .addLast("admin", new AdminHandler(decoder, routes, metrics));
  }

  private void closed() {
    connections.decrementAndGet();
    metrics.connectionClosed(Port.ADMIN);
  }
}
