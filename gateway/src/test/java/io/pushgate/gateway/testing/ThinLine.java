package io.pushgate.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A line that takes one connection and lets through so many bytes a second towards the client, and
 * all that comes the other way. What it has not let through it does not take, but for what small
 * buffers hold. One test thread; threads of its own carry.
 */
public final class ThinLine implements AutoCloseable {
  private static final int TICK_MILLIS = 20;
  private static final int SMALL_BUFFER = 16 * 1024;

  private final ServerSocket server;
  private final Socket far = new Socket();
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(ThinLine::daemon);
  private Socket near = new Socket();

  /** Leads to this port on loopback. */
  public ThinLine(int port, int bytesPerSecond) throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    far.setReceiveBufferSize(SMALL_BUFFER);
    far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    byte[] chunk = new byte[bytesPerSecond * TICK_MILLIS / 1000];
    daemon(() -> carry(chunk)).start();
  }

  public int port() {
    return server.getLocalPort();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "thin-line");
    thread.setDaemon(true);
    return thread;
  }

  private void carry(byte[] chunk) {
    try {
      near = server.accept();
      near.setSendBufferSize(SMALL_BUFFER);
      ScheduledFuture<?> down =
          ticks.scheduleAtFixedRate(() -> tick(chunk), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
      near.getInputStream().transferTo(far.getOutputStream());
      down.cancel(false);
    } catch (IOException end) {
      // Either side's; the other learns of it here.
      close();
    }
  }

  private void tick(byte[] chunk) {
    try {
      int read = far.getInputStream().read(chunk);
      if (read < 0) {
        near.close();
        throw new IOException("the far side has ended");
      }
      near.getOutputStream().write(chunk, 0, read);
    } catch (IOException end) {
      // A task that throws is not run again.
      throw new UncheckedIOException(end);
    }
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    try {
      near.close();
      far.close();
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
