package io.pushgate.protocol.publisher;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.protocol.ingress.BinaryFrames;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.FatalFrame;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.MalformedRequest;
import io.pushgate.protocol.ingress.Ref;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ingress port of a gateway that reads real frames from real sockets and does with each what
 * the test says. One thread a connection; the script is asked on those.
 */
final class FakeGateway implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FakeGateway.class);

  private final ServerSocket server;
  private final Script script;
  private final List<Peer> peers = new CopyOnWriteArrayList<>();

  /** What to do with a request. */
  interface Script {
    void on(Envelope request, Peer peer) throws IOException;
  }

  FakeGateway(Script script) {
    this.script = script;
    try {
      this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start("fake-gateway", this::accept);
  }

  PublisherOptions options() {
    return PublisherOptions.of("127.0.0.1", server.getLocalPort());
  }

  List<Peer> peers() {
    return peers;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Peer peer : peers) {
      peer.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Peer peer = new Peer(server.accept(), peers.size() + 1);
        peers.add(peer);
        start("fake-gateway-peer-" + peer.number, () -> peer.serve(script));
      }
    } catch (IOException closed) {
      assertClosed();
    }
  }

  private void assertClosed() {
    if (!server.isClosed()) {
      throw new AssertionError("accept failed though nobody closed the server");
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** One publisher's connection. */
  static final class Peer {
    private final Socket socket;
    private final int number;
    private final List<Envelope> requests = new CopyOnWriteArrayList<>();

    Peer(Socket socket, int number) {
      this.socket = socket;
      this.number = number;
    }

    /** The how-many-th connection this is, from one. */
    int number() {
      return number;
    }

    /** What it asked, the greeting first. */
    List<Envelope> requests() {
      return requests;
    }

    boolean isGreeted() {
      return requests.size() > 1;
    }

    void answer(Ref ref, IngressAnswer answer) throws IOException {
      ByteBuf out = Unpooled.buffer();
      BinaryFrames.write(ref, answer, out);
      write(out);
    }

    void write(ByteBuf bytes) throws IOException {
      OutputStream out = socket.getOutputStream();
      bytes.readBytes(out, bytes.readableBytes());
      out.flush();
    }

    void close() throws IOException {
      socket.close();
    }

    private void serve(Script script) {
      try (socket) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (true) {
          int length = in.readInt();
          byte[] rest = in.readNBytes(length);
          ByteBuf frame = Unpooled.buffer().writeInt(length).writeBytes(rest);
          BinaryFrames.length(frame, length);
          Envelope request = BinaryFrames.read(frame, length);
          requests.add(request);
          script.on(request, this);
        }
      } catch (IOException over) {
        log.debug("Connection {} is over", number, over);
      } catch (FatalFrame | MalformedRequest fault) {
        throw new AssertionError("the client sent what is no request", fault);
      }
    }
  }
}
