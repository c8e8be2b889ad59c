package io.pushgate.gateway.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A server that gives every request the same answer and keeps what it was sent. Its thread ends
 * with it.
 */
final class Recorder implements AutoCloseable {
  private final ServerSocket listening;
  private final byte[] answer;
  private final boolean endless;
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();

  Recorder(String answer) throws IOException {
    this(answer, false);
  }

  /** One that goes on repeating its answer as long as anybody listens. */
  Recorder(String answer, boolean endless) throws IOException {
    this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
    this.endless = endless;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "recorder");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listening.getLocalPort();
  }

  /** The heads of all requests so far. */
  String seen() {
    return String.join("\n", seen);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        socket.setSoTimeout(10_000);
        answer(socket);
      } catch (IOException gone) {
        // The next one is served all the same.
      }
    }
  }

  private void answer(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      seen.add(line);
    }
    do {
      socket.getOutputStream().write(answer);
    } while (endless);
  }
}
