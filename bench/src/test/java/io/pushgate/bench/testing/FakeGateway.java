package io.pushgate.bench.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.Held;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.Reply;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes WebSocket sessions and publishers, and brings every push to whom it is for. Any thread. */
public final class FakeGateway implements Closeable {
  private final Mischief mischief;
  private final ServerSocket publicPort;
  private final ServerSocket ingressPort;
  private final List<FakeSession> sessions = new ArrayList<>();
  private final List<FakeSession> everSeen = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private int handshakes;
  private int pushes;

  public FakeGateway(Mischief mischief) throws IOException {
    this.mischief = mischief;
    publicPort = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    ingressPort = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    accept(publicPort, this::session);
    accept(ingressPort, this::publisher);
  }

  public String url() {
    return "ws://127.0.0.1:" + publicPort.getLocalPort();
  }

  public String ingress() {
    return "127.0.0.1:" + ingressPort.getLocalPort();
  }

  /** What went wrong in here, which a test looks at behind its own assertions. */
  public List<Throwable> faults() {
    return faults;
  }

  /** All sessions that were let in, those that ended included. */
  public List<FakeSession> everSeen() {
    return List.copyOf(everSeen);
  }

  public synchronized int handshakes() {
    return handshakes;
  }

  private interface Connection {
    void run(Socket socket) throws IOException, InterruptedException;
  }

  private void accept(ServerSocket server, Connection connection) {
    start(
        () -> {
          while (true) {
            Socket socket = server.accept();
            socket.setTcpNoDelay(true);
            sockets.add(socket);
            start(() -> connection.run(socket));
          }
        });
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (SocketException e) {
                // The end of a connection, or of the test.
                Thread.currentThread().interrupt();
              } catch (IOException | InterruptedException | RuntimeException | Error e) {
                faults.add(e);
              }
            },
            "fake-gateway");
    thread.setDaemon(true);
    thread.start();
  }

  private void session(Socket socket) throws IOException {
    FakeSession session;
    String refusal;
    synchronized (this) {
      session = new FakeSession(socket, handshakes, mischief.chunk());
      refusal = mischief.refuseHandshake(handshakes++);
    }
    if (!session.shakeHands(refusal)) {
      return;
    }
    synchronized (this) {
      sessions.add(session);
      everSeen.add(session);
      session.welcome();
    }
    session.readUntilTheEnd();
    synchronized (this) {
      sessions.remove(session);
    }
  }

  private void publisher(Socket socket) throws IOException, InterruptedException {
    FakeWire wire = new FakeWire(socket.getInputStream());
    Envelope envelope = wire.next();
    while (envelope != null) {
      ByteBuf out = Unpooled.buffer();
      for (Reply reply : push(envelope)) {
        wire.write(reply, out);
      }
      out.readBytes(socket.getOutputStream(), out.readableBytes());
      out.release();
      envelope = wire.next();
    }
    socket.close();
  }

  private synchronized List<Reply> push(Envelope envelope)
      throws IOException, InterruptedException {
    IngressRequest.Push push = (IngressRequest.Push) envelope.request();
    int number = pushes++;
    mischief.before(number);
    IngressAnswer.Nack nack = mischief.refuse(number);
    if (nack != null) {
      return List.of(new Reply(envelope.ref(), nack));
    }
    String json =
        "{\"op\":\"notification\",\"cursor\":\"u.%d\",\"id\":\"n%d\",\"ts\":1763793600123,\"data\":%s}"
            .formatted(number, number, push.data().text());
    byte[] frame = FakeSession.textFrame(json.getBytes(StandardCharsets.UTF_8));
    int taken = 0;
    for (FakeSession session : sessions) {
      if (isFor(push.to(), session.user())) {
        taken++;
        session.sendIfOpen(mischief.deliver(session.index(), session.nextNumber(), frame));
      }
    }
    IngressAnswer ack = new IngressAnswer.Ack("n" + number, taken, taken, Held.MEMORY, false);
    return mischief.answer(number, new Reply(envelope.ref(), ack));
  }

  private static boolean isFor(Audience audience, UserId user) {
    return audience.match(
        new Audience.Cases<>() {
          @Override
          public Boolean one(Audience.One one) {
            return one.user().equals(user);
          }

          @Override
          public Boolean several(Audience.Several several) {
            return several.users().contains(user);
          }

          @Override
          public Boolean everyone(Audience.Everyone everyone) {
            return true;
          }
        });
  }

  @Override
  public void close() throws IOException {
    publicPort.close();
    ingressPort.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
