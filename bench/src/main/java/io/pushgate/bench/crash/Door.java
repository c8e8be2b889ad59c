package io.pushgate.bench.crash;

import io.pushgate.bench.server.GatewayProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway listens at the moment, or that it does not. Whoever loses a connection asks
 * here whether the gateway was killed, which is fine, or lives, which is not. Any thread.
 */
final class Door {
  private static final int CONNECT_MILLIS = 5_000;

  private @Nullable Opening opening;
  private int opened;
  private boolean over;

  /** A time in which one gateway listens. Immutable. */
  record Opening(int number, GatewayProcess.Ports ports) {}

  synchronized void open(GatewayProcess.Ports ports) {
    opening = new Opening(++opened, ports);
    notifyAll();
  }

  /** Called before the gateway is killed: from now on connections may end. */
  synchronized void shut() {
    opening = null;
  }

  /** Nobody is to connect any more. */
  synchronized void end() {
    over = true;
    opening = null;
    notifyAll();
  }

  synchronized boolean isOver() {
    return over;
  }

  /** Whether it has stood open all the time since. */
  synchronized boolean isStill(Opening since) {
    return since.equals(opening);
  }

  /** Waits for it to be open; null where it never will be again. */
  synchronized @Nullable Opening await() throws InterruptedException {
    while (opening == null && !over) {
      wait();
    }
    return opening;
  }

  static Socket connect(InetSocketAddress address, int readMillis) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(readMillis);
      socket.connect(address, CONNECT_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
