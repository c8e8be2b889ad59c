package io.pushgate.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What every wire owes its session, whatever lies behind it. */
@ParameterizedClass
@MethodSource("kinds")
class WireTest {
  private static final long SEED = 20_251_122;
  private static final int LONG = 3 << 20;

  /** More than the kernels keep for a session whose client does not read. */
  private static final int KEPT = 1 << 20;

  @Parameter
  @SuppressWarnings("NullAway.Init") // Set before each test.
  WireKind kind;

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private WireServer server;

  static List<WireKind> kinds() {
    return WireKind.all();
  }

  @BeforeEach
  void startServer() throws IOException {
    server = new WireServer(kind);
  }

  @AfterEach
  void everyBufferIsGivenBack() {
    server.close();
  }

  @Test
  void deliversFirstWhatCameBeforeItWasOpened() throws IOException {
    try (WirePeer peer = server.connect("with the hello,").welcomed()) {
      ServedWire wire = server.next();
      peer.send(" before,");
      server.turn();
      assertThat(wire.text()).isEmpty();

      wire.open();
      peer.send(" after");

      wire.awaitText("with the hello, before, after");
    }
  }

  @Test
  void takesWhatTheSocketTakesAndSaysWhenItTakesMore() throws IOException {
    try (WirePeer peer = server.connect("").welcomed()) {
      ServedWire wire = server.next().open();
      Sender sender = Sender.start(wire, LONG, SEED, () -> {}).stuck();
      int timesWritable = wire.timesWritable();
      assertThat(sender.taken()).isPositive().isLessThan(KEPT);

      readTo(peer, 0, LONG, SEED);

      assertThat(sender.taken()).isEqualTo(LONG);
      assertThat(wire.timesWritable()).isGreaterThan(timesWritable);
    }
  }

  @Test
  void sendsEverythingInItsOrderToAPeerThatReadsSlowly() throws IOException {
    try (WirePeer peer = server.connect("").welcomed();
        WirePeer other = server.connect("").welcomed()) {
      Sender.start(server.next().open(), LONG, SEED, () -> {});
      Sender.start(server.next().open(), LONG, SEED + 1, () -> {});

      for (int from = 0; from < LONG; from += LONG / 16) {
        readTo(peer, from, from + LONG / 16, SEED + 2);
        readTo(other, from, from + LONG / 16, SEED + 3);
      }
    }
  }

  @Test
  void leavesWhatThePeerSendsInTheKernelUntilItIsToReadAgain() throws Exception {
    try (WirePeer peer = server.connect("").welcomed()) {
      ServedWire wire = server.next().open();
      wire.reading(false);
      PeerStream stream = new PeerStream(peer, 32 << 20);
      stream.start();
      stream.awaitStuck(wire);
      // What the loop was in the middle of reading, and no more.
      assertThat(wire.size()).isLessThanOrEqualTo(64 * 1024);

      wire.reading(true);

      Waiting.until(() -> "received " + wire.size(), () -> wire.size() == stream.total());
      stream.join();
    }
  }

  @Test
  void endsItsDirectionBehindWhatWasTakenAndStillReads() throws IOException {
    try (WirePeer peer = server.connect("").welcomed()) {
      ServedWire wire = server.next().open();
      Sender.start(wire, LONG, SEED, () -> wire.wire().finish());

      readTo(peer, 0, LONG, SEED);
      assertThat(peer.read(new byte[1])).isEqualTo(-1);
      assertThat(wire.write("behind the end")).isZero();
      peer.send("goodbye");
      wire.awaitText("goodbye");
      assertThat(wire.timesLost()).isZero();

      peer.finish();
      wire.awaitEnd();
    }
  }

  @Test
  void endsAtOnceWhenAborted() throws IOException {
    try (WirePeer peer = server.connect("").welcomed()) {
      ServedWire wire = server.next().open();

      wire.abort();
      wire.abort();

      wire.awaitEnd();
      assertThat(peer.ended()).isTrue();
      assertThat(wire.write("too late")).isZero();
    }
  }

  @Test
  void endsAtOnceWhenAbortedWhileFull() throws IOException {
    try (WirePeer peer = server.connect("").welcomed()) {
      ServedWire wire = server.next().open();
      Sender.start(wire, LONG, SEED, () -> {}).stuck();

      wire.abort();

      wire.awaitEnd();
      assertThat(peer.ended()).isTrue();
    }
  }

  @Test
  void endsAtOnceWhenAbortedBehindItsFinish() throws IOException {
    try (WirePeer peer = server.connect("").welcomed()) {
      ServedWire wire = server.next().open();
      wire.finish();
      assertThat(peer.read(new byte[1])).isEqualTo(-1);

      wire.abort();

      wire.awaitEnd();
    }
  }

  @Test
  void tellsOnceThatThePeerHasClosed() throws IOException {
    try (WirePeer peer = server.connect("").welcomed()) {
      ServedWire wire = server.next().open();
      peer.send("last words").finish();

      wire.awaitEnd();

      assertThat(wire.text()).isEqualTo("last words");
      assertThat(wire.write("too late")).isZero();
    }
  }

  @Test
  void tellsOnceThatThePeerHasReset() throws IOException {
    WirePeer peer = server.connect("").welcomed();
    ServedWire wire = server.next().open();

    peer.reset();

    wire.awaitEnd();
    assertThat(wire.write("too late")).isZero();
  }

  @Test
  void tellsOnceThatThePeerHasResetWhileFull() throws IOException {
    WirePeer peer = server.connect("").welcomed();
    ServedWire wire = server.next().open();
    Sender.start(wire, LONG, SEED, () -> {}).stuck();

    peer.reset();

    wire.awaitEnd();
    assertThat(wire.write("too late")).isZero();
  }

  @Test
  void tellsOnceOfAnEndBeforeItWasOpened() throws IOException {
    WirePeer peer = server.connect("").welcomed();
    ServedWire wire = server.next();
    peer.close();
    Waiting.until("closed is told", () -> wire.timesClosed() == 1);
    assertThat(wire.timesLost()).isZero();

    wire.open();

    wire.awaitEnd();
  }

  @Test
  void tellsOnceOfAnEndBehindBytesBeforeItWasOpened() throws IOException {
    WirePeer peer = server.connect("unread").welcomed();
    ServedWire wire = server.next();
    peer.close();
    server.turn();

    wire.open();

    wire.awaitEnd();
  }

  @Test
  void tellsOnceOfAResetBehindItsFinish() throws IOException {
    WirePeer peer = server.connect("").welcomed();
    ServedWire wire = server.next().open();
    wire.finish();

    peer.reset();

    wire.awaitEnd();
  }

  private static void readTo(WirePeer peer, long from, long to, long seed) throws IOException {
    Random sizes = new Random(seed);
    byte[] bytes = new byte[64 * 1024];
    long place = from;
    while (place < to) {
      int limit = (int) Math.min(to - place, 1 + sizes.nextInt(bytes.length));
      int count = peer.read(bytes, limit);
      assertThat(count).as("bytes at " + place).isPositive();
      for (int i = 0; i < count; i++) {
        if (bytes[i] != Sender.at(place + i)) {
          throw new AssertionError("another byte than was sent, at " + (place + i));
        }
      }
      place += count;
    }
  }
}
