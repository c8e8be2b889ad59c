package io.pushgate.gateway.admin;

import io.netty.channel.Channel;
import io.pushgate.gateway.config.AdminConfig;
import io.pushgate.gateway.config.TransportConfig;
import io.pushgate.gateway.config.TransportKind;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.routing.Router;
import io.pushgate.gateway.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The admin port on a real socket, over whatever the test looks at. Any thread. */
final class AdminServer implements AutoCloseable {
  private final Metrics metrics;
  private final Transport transport =
      Transport.start(new TransportConfig(TransportKind.NIO, 1), () -> {});
  private final AdminPort port;
  private final Channel listening;

  AdminServer(Metrics metrics, Health health, Sessions sessions, Refusals refusals, Router router) {
    this(new AdminConfig(Optional.empty()), metrics, health, sessions, refusals, router);
  }

  AdminServer(
      AdminConfig config,
      Metrics metrics,
      Health health,
      Sessions sessions,
      Refusals refusals,
      Router router) {
    this.metrics = metrics;
    port = new AdminPort(config, metrics, health, sessions, refusals, router);
    listening =
        transport
            .server()
            .childHandler(port.pipeline())
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  @Override
  public void close() {
    transport.stop();
    port.close();
    metrics.close();
  }

  String get(String path) throws IOException {
    return ask("GET", path);
  }

  String ask(String method, String path) throws IOException {
    return talk(request(method + " " + path, "Host: 127.0.0.1", "Connection: close"));
  }

  static String request(String line, String... headers) {
    return line + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
  }

  /** Sends this and answers everything that comes until the port closes the connection. */
  String talk(String request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect((InetSocketAddress) listening.localAddress());
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
