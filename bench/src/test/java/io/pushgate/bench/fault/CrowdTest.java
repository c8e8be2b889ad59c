package io.pushgate.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pushgate.bench.fault.Conduct.Leaving;
import io.pushgate.bench.fault.Conduct.Port;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
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
