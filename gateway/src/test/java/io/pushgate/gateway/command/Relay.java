package io.pushgate.gateway.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy that adds one header to the head of a connection's first request and passes all else on
 * as it is. Its threads end with it.
 */
final class Relay implements AutoCloseable {
  private final ServerSocket listening;
  private final int target;
  private final String header;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  Relay(int target, String header) throws IOException {
    this.target = target;
    this.header = header;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::serve);
  }

  int port() {
    return listening.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void serve() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.addAll(List.of(client, server));
        start(() -> pass(client, server, true));
        start(() -> pass(server, client, false));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void pass(Socket from, Socket to, boolean addsHeader) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[8192];
      boolean add = addsHeader;
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        String text = new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
        String sent = add ? text.replaceFirst("\r\n", "\r\n" + header + "\r\n") : text;
        out.write(sent.getBytes(StandardCharsets.ISO_8859_1));
        add = false;
      }
    } catch (IOException ended) {
      // One side ended, so both do.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }
}
