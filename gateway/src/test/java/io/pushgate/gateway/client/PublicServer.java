package io.pushgate.gateway.client;

import io.netty.channel.Channel;
import io.pushgate.gateway.auth.Tokens;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.config.TransportConfig;
import io.pushgate.gateway.config.TransportKind;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The public port on a free port of loopback, with a router that records. */
final class PublicServer implements AutoCloseable {
  static final String NODE = "node-1";
  static final String INGRESS = "127.0.0.1:8001";

  final RecordingRouter router = new RecordingRouter();
  final Metrics metrics = new Metrics();
  final PublicPort port;

  private final Transport transport;
  private final Channel server;

  /** Starts it with these lines of a configuration file. */
  PublicServer(String... options) {
    this(TransportKind.AUTO, null, options);
  }

  /** One that asks for tokens. */
  PublicServer(Tokens tokens, String... options) {
    this(TransportKind.AUTO, tokens, options);
  }

  PublicServer(TransportKind kind, String... options) {
    this(kind, null, options);
  }

  private PublicServer(TransportKind kind, Tokens tokens, String... options) {
    transport = Transport.start(new TransportConfig(kind, 1), () -> {});
    port =
        new PublicPort(
            new Access(GatewayConfig.of(options).publicPort(), tokens),
            transport,
            router,
            metrics,
            new StaticFiles(INGRESS),
            NODE);
    server =
        transport
            .server()
            .childHandler(port.pipeline())
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  int number() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /** The authority that clients on this machine call it by. */
  String host() {
    return "127.0.0.1:" + number();
  }

  RawClient connect() throws IOException {
    return new RawClient(number());
  }

  @Override
  public void close() {
    server.close().syncUninterruptibly();
    transport.stop();
    metrics.close();
  }
}
