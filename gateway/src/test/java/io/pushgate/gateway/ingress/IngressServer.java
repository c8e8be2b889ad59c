package io.pushgate.gateway.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.config.IngressConfig;
import io.pushgate.gateway.config.TransportConfig;
import io.pushgate.gateway.config.TransportKind;
import io.pushgate.gateway.ingress.tls.IngressTls;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.routing.Router;
import io.pushgate.gateway.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** The publishers' port on a free port of loopback, over a router of the test's choice. */
final class IngressServer implements AutoCloseable {
  static final IngressConfig CONFIG = GatewayConfig.defaults().ingress();

  /** Room for all that a test may send. */
  static IngressRoom room() {
    return new IngressRoom(1_000, 1L << 30);
  }

  private final Transport transport;
  private final Metrics metrics = new Metrics();
  private final Optional<IngressTls> tls;
  private final IngressInitializer initializer;
  private final Channel listener;
  private final AtomicLong handled = new AtomicLong();

  IngressServer(Router router) {
    this(router, TransportKind.AUTO);
  }

  IngressServer(Router router, TransportKind kind) {
    this(router, kind, CONFIG);
  }

  IngressServer(Router router, TransportKind kind, IngressConfig config) {
    transport = Transport.start(new TransportConfig(kind, 1), () -> {});
    tls = config.tls().map(files -> IngressTls.open(files, metrics.ingress()));
    initializer = new IngressInitializer(router, config, tls, metrics, room());
    listener =
        transport
            .server()
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

  /** The kinds of transport that this machine can run. */
  static List<TransportKind> transports() {
    List<TransportKind> known = new ArrayList<>(List.of(TransportKind.NIO));
    if (Epoll.isAvailable()) {
      known.add(TransportKind.EPOLL);
    }
    if (IoUring.isAvailable()) {
      known.add(TransportKind.IO_URING);
    }
    return known;
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  PublisherSocket connect() throws IOException {
    return new PublisherSocket(port());
  }

  PublisherSocket connect(SSLContext client) throws IOException {
    return new PublisherSocket(
        client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port()));
  }

  IngressConnections connections() {
    return initializer.connections();
  }

  /** How many bytes were read from publishers and handled. */
  long handledBytes() {
    return handled.get();
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

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    connections().closeNow();
    transport.stop();
    tls.ifPresent(IngressTls::close);
    metrics.close();
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
}
