package io.pushgate.bench.fault;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.pushgate.bench.fault.Conduct.Leaving;
import io.pushgate.bench.fault.Conduct.Port;
import io.pushgate.bench.server.AdminMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Strangers at a server that the test plays. */
class CrowdTest {
  private static final int PATIENCE_MILLIS = 30_000;

  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setSoTimeout(PATIENCE_MILLIS);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private Crowd crowd(Conduct conduct, int count) {
    return new Crowd(
        conduct,
        count,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
  }

  private Socket accepted() throws IOException {
    Socket socket = server.accept();
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  @Test
  void saysItsOpeningAtOnceAndTheRestByteByByteOverAndOver() throws IOException {
    Conduct conduct =
        Conduct.silent(Port.CLIENT, number -> Words.ascii("hello " + number + " "))
            .sending(Words.ascii("ab"), 1);

    try (Crowd crowd = crowd(conduct, 1);
        Socket stranger = accepted()) {
      InputStream in = stranger.getInputStream();

      assertThat(text(in, 8)).isEqualTo("hello 0 ");
      assertThat(text(in, 5)).isEqualTo("ababa");
      assertThat(crowd.tally().connected()).isEqualTo(1);
    }
  }

  @Test
  void putsAnotherInThePlaceOfOneThatWasEnded() throws IOException {
    try (Crowd crowd = crowd(Conduct.silent(Port.CLIENT, Words.NOTHING), 1)) {
      accepted().close();
      accepted().close();

      assertThat(crowd.tally().ended()).isPositive();
      assertThat(crowd.tally().soonestMillis()).isLessThan(PATIENCE_MILLIS);
    }
  }

  @Test
  void countsThoseThatWereToldSomethingOnceEach() throws Exception {
    try (Crowd crowd = crowd(Conduct.silent(Port.CLIENT, Words.NOTHING), 2);
        Socket first = accepted();
        Socket second = accepted()) {
      for (int i = 1; i <= 2; i++) {
        first.getOutputStream().write('x');
        awaitRead(crowd, i);
      }

      assertThat(crowd.tally().told()).isEqualTo(1);
      assertThat(crowd.tally().ended()).isZero();
      assertThat(second.isConnected()).isTrue();
    }
  }

  private static void awaitRead(Crowd crowd, long bytes) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (crowd.tally().bytesRead() < bytes) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(Crowd.TICK_MILLIS / 10);
    }
  }

  @Test
  void tellsAGatewayThatResetsEachAtItsFirstByteFromOneThatLetsThemBe() throws Exception {
    Conduct conduct = Conduct.silent(Port.INGRESS, Words.NOTHING).sending(Words.ascii("x"), 1);
    Demand demand = Demand.letBe(Port.INGRESS);
    AdminMetrics none = DemandTest.metrics("pushgate_connections{port=\"ingress\"} 0.0\n");

    try (Crowd crowd = crowd(conduct, 1)) {
      for (int i = 0; i < 3; i++) {
        Socket stranger = accepted();
        assertThat(stranger.getInputStream().read()).isEqualTo('x');
        stranger.setSoLinger(true, 0);
        stranger.close();
      }
      try (Socket last = accepted()) {
        assertThat(last.getInputStream().read()).isEqualTo('x');
        assertThat(crowd.tally().connected()).as("one more has come").isEqualTo(1);
        assertThat(demand.complaints(new Demand.Course(crowd.tally(), none, none)))
            .singleElement(as(STRING))
            .startsWith("of 3 connections that were ended one was let be for ");
      }
    }
  }

  @Test
  void resetsInsteadOfEndingWhereItIsToldTo() throws IOException {
    Conduct conduct =
        Conduct.silent(Port.CLIENT, number -> Words.ascii("x")).leaving(Leaving.RESET);

    try (Crowd crowd = crowd(conduct, 1);
        Socket stranger = accepted()) {
      InputStream in = stranger.getInputStream();

      assertThatThrownBy(in::readAllBytes).isInstanceOf(SocketException.class);
      accepted().close();
      assertThat(crowd.tally().ended()).as("it went by itself").isZero();
    }
  }

  private static String text(InputStream in, int bytes) throws IOException {
    return new String(in.readNBytes(bytes), StandardCharsets.US_ASCII);
  }
}
