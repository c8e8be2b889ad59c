package io.pushgate.gateway.testing;

import io.pushgate.protocol.client.ServerFrame;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A session's client over a plain socket, strict about every byte, with a queue of what it was
 * told. Any thread.
 */
public abstract class SessionClient implements AutoCloseable {
  private static final Said END = new Said("end", "", null);
  private static final int DEADLINE_SECONDS = 30;

  private final Socket socket;
  private final BlockingQueue<Said> heard = new LinkedBlockingQueue<>();

  /** Sends the request and reads the head of its answer, which must begin as expected. */
  SessionClient(InetSocketAddress address, String request, String expected) {
    try {
      socket = new Socket(address.getAddress(), address.getPort());
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      send(request.getBytes(StandardCharsets.UTF_8));
      String head = head(in);
      if (!head.startsWith(expected)) {
        throw new AssertionError("not let in: " + head);
      }
      Thread reader = new Thread(() -> readAll(in), "session-client");
      reader.setDaemon(true);
      reader.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next thing that is said. */
  abstract Said read(DataInputStream in) throws IOException;

  /** What is answered at once, by the reading thread. */
  void heard(Said said) throws IOException {}

  private static String head(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  private void readAll(DataInputStream in) {
    try {
      while (true) {
        Said said = read(in);
        heard(said);
        heard.add(said);
      }
    } catch (EOFException | SocketException e) {
      heard.add(END);
    } catch (IOException | RuntimeException | Error e) {
      heard.add(new Said("failed", e.toString(), null));
    }
  }

  final synchronized void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** The next that is said, pings aside; fails if nothing comes in time. */
  public final Said next() {
    try {
      Said said = heard.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
      while (said != null && said.kind().equals("ping")) {
        said = heard.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
      }
      if (said == null) {
        throw new AssertionError("nothing within " + DEADLINE_SECONDS + " s");
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private Said next(String kind) {
    Said said = next();
    if (!said.kind().equals(kind)) {
      throw new AssertionError("expected " + kind + ", heard " + said);
    }
    return said;
  }

  public final ServerFrame.Welcome welcome() {
    return (ServerFrame.Welcome) next("welcome").frame();
  }

  /** The next so many, which must be notifications and nothing else. */
  public final List<ServerFrame.Notification> notifications(int count) {
    List<ServerFrame.Notification> all = new ArrayList<>(count);
    while (all.size() < count) {
      all.add((ServerFrame.Notification) next("notification").frame());
    }
    return all;
  }

  /** The data of the next so many notifications. */
  public final List<String> data(int count) {
    return notifications(count).stream().map(frame -> frame.data().text()).toList();
  }

  /** Whether nothing was said that nobody asked for yet. */
  public final boolean isSilent() {
    return heard.stream().allMatch(said -> said.kind().equals("ping"));
  }

  /** Goes without a word. */
  @Override
  public final void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
