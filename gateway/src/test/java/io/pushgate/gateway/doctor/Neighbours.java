package io.pushgate.gateway.doctor;

import io.pushgate.gateway.testing.NginxServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What else listens on a machine, and is no gateway: a port that answers nothing, one that speaks
 * no HTTP, and numbers for others. Each port has a thread.
 */
final class Neighbours implements AutoCloseable {
  private final ServerSocket silent = listen();
  private final ServerSocket noise = listen();
  private final List<Socket> heard = new ArrayList<>();

  Neighbours() {
    serve(silent, "");
    serve(noise, "220 mail.test ESMTP\r\n");
  }

  /** Port numbers by the names that the corpus has for them. */
  Map<String, String> ports(int gateway) {
    return Map.of(
        "@PORT@", NginxServer.freePort() + "",
        "@INNER@", NginxServer.freePort() + "",
        "@CLOSED@", NginxServer.freePort() + "",
        "@GATEWAY@", gateway + "",
        "@SILENT@", silent.getLocalPort() + "",
        "@NOISE@", noise.getLocalPort() + "");
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says its word to each that comes; who is told nothing is left waiting. */
  private void serve(ServerSocket server, String word) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  Socket socket = server.accept();
                  keep(socket);
                  if (!word.isEmpty()) {
                    socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
                    socket.shutdownOutput();
                  }
                }
              } catch (IOException closed) {
                // The end of this neighbour.
              }
            },
            "neighbour");
    thread.setDaemon(true);
    thread.start();
  }

  private synchronized void keep(Socket socket) {
    heard.add(socket);
  }

  @Override
  public synchronized void close() throws IOException {
    silent.close();
    noise.close();
    for (Socket socket : heard) {
      socket.close();
    }
  }
}
