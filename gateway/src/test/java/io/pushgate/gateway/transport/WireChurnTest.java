package io.pushgate.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Wires that come and go in numbers, so that descriptors are used again while others live. */
@ParameterizedClass
@MethodSource("kinds")
class WireChurnTest {
  private static final long SEED = 20_251_123;
  private static final int CONNECTIONS = 2_000;
  private static final int ALIVE = 40;

  @Parameter
  @SuppressWarnings("NullAway.Init") // Set before each test.
  WireKind kind;

  static List<WireKind> kinds() {
    return WireKind.all();
  }

  /** Answers each of its peer's bytes with the same byte. */
  private static void openAsEcho(ServedWire wire) {
    wire.onBytes(bytes -> echo(wire, bytes));
    wire.wire().open(wire);
  }

  private static void echo(ServedWire wire, ByteBuf bytes) {
    int length = bytes.readableBytes();
    int taken = wire.wire().write(bytes, bytes.readerIndex(), length);
    if (taken < length && wire.timesLost() == 0 && bytes.getByte(bytes.readerIndex()) != '~') {
      throw new IllegalStateException("took %d of %d bytes".formatted(taken, length));
    }
  }

  @Test
  void leavesNoDescriptorAndNoBufferBehind() throws IOException {
    Set<String> before = sockets();
    List<ServedWire> served = new ArrayList<>();
    Random random = new Random(SEED);
    Deque<WirePeer> alive = new ArrayDeque<>();
    try (WireServer server = new WireServer(kind, WireChurnTest::openAsEcho)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        alive.add(server.connect(name(i)).welcomed());
        served.add(server.next());
        if (alive.size() > ALIVE) {
          end(alive.remove(), i - ALIVE, served.get(i - ALIVE), random.nextInt(4));
        }
      }
      for (int i = CONNECTIONS - ALIVE; i < CONNECTIONS; i++) {
        end(alive.remove(), i, served.get(i), random.nextInt(4));
      }
      served.forEach(ServedWire::awaitEnd);
    }
    Waiting.until(() -> "left open: " + left(before), () -> left(before).isEmpty());
  }

  private static String name(int connection) {
    return "%08d".formatted(connection);
  }

  /** The peer has its own answer and nobody else's, and ends; or is ended. */
  private static void end(WirePeer peer, int connection, ServedWire wire, int how)
      throws IOException {
    assertThat(peer.read(8)).isEqualTo(name(connection));
    assertThat(wire.timesLost()).isZero();
    switch (how) {
      case 0 -> peer.reset();
      case 1 -> wire.abort();
      case 2 -> wire.finish();
      default -> peer.finish();
    }
    if (how > 0) {
      assertThat(peer.ended()).isTrue();
      peer.close();
    }
  }

  @Test
  void endsWhenThePeerClosesRightBehindItsHandshake() throws IOException {
    Set<String> before = sockets();
    try (WireServer server = new WireServer(kind, WireChurnTest::openAsEcho)) {
      Set<String> running = sockets();
      for (int i = 0; i < 200; i++) {
        WirePeer peer = server.connect(i % 4 < 2 ? "" : "~");
        if (i % 2 == 0) {
          peer.reset();
        } else {
          peer.close();
        }
      }
      // One that reset may be gone before it was served; one that closed its side never is.
      for (int i = 0; i < 100; i++) {
        server.next().awaitEnd();
      }
      server.turn();
      for (ServedWire wire = server.poll(); wire != null; wire = server.poll()) {
        wire.awaitEnd();
      }
      // While it runs: a loop that ends leaves alone what it has accepted and not looked at.
      Waiting.until(() -> "left open: " + left(running), () -> left(running).isEmpty());
    }
    Waiting.until(() -> "left open: " + left(before), () -> left(before).isEmpty());
  }

  private static Set<String> left(Set<String> before) {
    Set<String> left = sockets();
    left.removeAll(before);
    return left;
  }

  /** Those of the whole process by their numbers; files and pipes are none of a wire's business. */
  private static Set<String> sockets() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.map(WireChurnTest::target)
          .filter(target -> target.startsWith("socket:"))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new AssertionError("the descriptors cannot be listed", e);
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
