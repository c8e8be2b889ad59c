package io.pushgate.bench.floor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The floor as a server: takes sessions and JSON lines, and brings each push to its sessions by one
 * send each. Started and closed by any thread; the rest belongs to its event loop.
 */
public final class FloorServer implements AutoCloseable {
  private static final int BACKLOG = 4096;
  private static final int ACCEPTS_A_TURN = 64;
  private static final int BUFFER = 4 << 20;
  private static final int CLOSE_SECONDS = 5;

  private final MultiThreadIoEventLoopGroup group;
  private final IoEventLoop loop;
  private final ByteBuf inbound;
  private final ByteBuf outbound;
  private final List<FloorSession> sessions = new ArrayList<>();
  private final Map<String, List<FloorSession>> users = new HashMap<>();
  private final Acceptor publicPort;
  private final Acceptor ingressPort;

  /** Binds both ports on 127.0.0.1; zero takes free ones. */
  public FloorServer(int publicPort, int ingressPort) throws IOException {
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
    inbound = allocator.directBuffer(BUFFER, BUFFER);
    outbound = allocator.directBuffer(BUFFER, BUFFER);
    group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("floor", true), EpollIoHandler.newFactory());
    loop = group.next();
    this.publicPort = new Acceptor(publicPort, socket -> new FloorSession(this, socket));
    this.ingressPort = new Acceptor(ingressPort, socket -> new FloorPublisher(this, socket));
  }

  public int publicPort() {
    return publicPort.socket().localAddress().getPort();
  }

  public int ingressPort() {
    return ingressPort.socket().localAddress().getPort();
  }

  /** What one read brings is dealt with before the next, so one buffer serves all. */
  ByteBuf inbound() {
    return inbound;
  }

  ByteBuf outbound() {
    return outbound;
  }

  List<FloorSession> sessions() {
    return sessions;
  }

  List<FloorSession> sessionsOf(String user) {
    return users.getOrDefault(user, List.of());
  }

  void joined(FloorSession session) {
    session.place(sessions.size());
    sessions.add(session);
    users.computeIfAbsent(session.user(), unused -> new ArrayList<>(1)).add(session);
  }

  void left(FloorSession session) {
    FloorSession last = sessions.remove(sessions.size() - 1);
    if (last != session) {
      sessions.set(session.place(), last);
      last.place(session.place());
    }
    users.computeIfPresent(
        session.user(),
        (user, group) -> {
          group.remove(session);
          return group.isEmpty() ? null : group;
        });
  }

  @Override
  public void close() {
    loop.submit(
            () -> {
              List.copyOf(sessions).forEach(FloorHandle::end);
              publicPort.end();
              ingressPort.end();
            })
        .syncUninterruptibly();
    group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    inbound.release();
    outbound.release();
  }

  /** A listening socket. */
  private final class Acceptor extends FloorHandle {
    private final byte[] address = new byte[26];
    private final Function<Socket, FloorHandle> connection;

    Acceptor(int port, Function<Socket, FloorHandle> connection) throws IOException {
      super(Socket.newSocketStream());
      this.connection = connection;
      socket().setReuseAddress(true);
      socket().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket().listen(BACKLOG);
      loop.submit(
              () -> {
                register(loop);
                return true;
              })
          .syncUninterruptibly();
    }

    @Override
    void ready() throws IOException {
      for (int i = 0; i < ACCEPTS_A_TURN; i++) {
        int fd = socket().accept(address);
        if (fd < 0) {
          return;
        }
        Socket socket = new Socket(fd);
        socket.setTcpNoDelay(true);
        connection.apply(socket).register(loop);
      }
    }
  }
}
