package io.pushgate.gateway.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A server on a free port that plays one script a connection, in order, and keeps what each got to
 * read. Its thread ends with the scripts.
 */
final class ScriptedServer implements AutoCloseable {

  /** What one connection does. */
  interface Script {
    void play(Connection connection) throws IOException;
  }

  private final ServerSocket listening;
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  ScriptedServer(Script... scripts) throws IOException {
    listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> serve(List.of(scripts)), "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listening.getLocalPort();
  }

  /** The next line that some connection read. */
  String seen() throws InterruptedException {
    String line = seen.poll(60, TimeUnit.SECONDS);
    return line == null ? "(nothing came)" : line;
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void serve(List<Script> scripts) {
    for (Script script : scripts) {
      try (Socket socket = listening.accept()) {
        socket.setSoTimeout(10_000);
        script.play(new Connection(socket, seen));
      } catch (IOException gone) {
        seen.add("(failed: " + gone.getMessage() + ")");
      }
    }
  }

  /** One accepted connection. */
  static final class Connection {
    private final Socket socket;
    private final BufferedReader in;
    private final BlockingQueue<String> seen;

    Connection(Socket socket, BlockingQueue<String> seen) throws IOException {
      this.socket = socket;
      this.seen = seen;
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    /** Reads a line, which {@link ScriptedServer#seen()} then tells. */
    String readLine() throws IOException {
      String line = in.readLine();
      seen.add(String.valueOf(line));
      return String.valueOf(line);
    }

    /** Keeps what the script read otherwise. */
    void tell(String line) {
      seen.add(line);
    }

    /** Reads one byte of a stream in which every byte stands for itself. */
    int read() throws IOException {
      return in.read();
    }

    void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(int... bytes) throws IOException {
      byte[] all = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        all[i] = (byte) bytes[i];
      }
      socket.getOutputStream().write(all);
    }
  }
}
