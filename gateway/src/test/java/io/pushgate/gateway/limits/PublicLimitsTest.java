package io.pushgate.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.GatewayExtension;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients of the public port that go on past each of its limits. */
class PublicLimitsTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n";

  @RegisterExtension
  final GatewayExtension gateway =
      GatewayExtension.with(
          "event-loops=1", // Connections are looked at in the order in which they come.
          "max-connections=12",
          "max-handshakes=6",
          "handshake-timeout=4s",
          "max-sessions-per-user=2",
          "max-client-frame=4KiB",
          "client-rate=10");

  private enum Offence {
    LONG_LINE("request-line") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        refused(port, "GET /" + "x".repeat(17 << 10), "414", "uri_too_long");
      }
    },
    LARGE_HEADERS("request-headers") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        refused(port, GET + "X-Long: " + "x".repeat(33 << 10), "431", "headers_too_large");
      }
    },
    LARGE_BODY("request-body") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        String ack = "POST /api/v1/notifications/ack/eve HTTP/1.1\r\nHost: localhost\r\n";
        refused(port, ack + "Content-Length: 1025\r\n\r\n", "413", "too_large");
      }
    },
    SILENCE("handshake-timeout") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        refused(port, "", "408", "timeout");
      }
    },
    SLOWNESS("handshake-timeout") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        refused(port, GET + "X-Half: ", "408", "timeout");
      }
    },
    MANY_HANDSHAKES("max-handshakes") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        List<RawSocket> silent = connections(port, 6);
        try (RawSocket late = new RawSocket(port)) {
          assertThat(late.upgrade("eve").readAll()).contains("503", "overloaded", "etry-");
        }
        close(silent);
      }
    },
    MANY_CONNECTIONS("max-connections") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        // The healthy session has one of the twelve; two more than twelve are told why not.
        List<RawSocket> kept = connections(port, 11);
        for (RawSocket client : kept) {
          assertThat(client.send(GET + "\r\n").readUntil("\r\n")).contains("200");
        }
        refused(port, GET + "\r\n", "503", "overloaded");
        List<RawSocket> told = connections(port, 2);
        try (RawSocket unheard = new RawSocket(port)) {
          assertThat(unheard.readAll()).isIn("", "(reset)");
        }
        close(told);
        close(kept);
      }
    },
    MANY_SESSIONS("max-sessions-per-user") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        List<RawSocket> sessions = connections(port, 3);
        for (RawSocket session : sessions) {
          session.upgrade("eve").readUntil("welcome");
        }
        assertThat(sessions.get(0).readAll()).contains(closing(4409));
        close(sessions);
      }
    },
    LARGE_FRAME("max-client-frame") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        try (RawSocket session = new RawSocket(port)) {
          session.upgrade("eve").readUntil("welcome");
          assertThat(session.text("x".repeat(4097)).readAll()).contains(closing(1009));
        }
      }
    },
    MANY_FRAMES("client-rate") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        try (RawSocket session = new RawSocket(port)) {
          session.upgrade("eve").readUntil("welcome");
          for (int i = 0; i < 101; i++) {
            session.text("ping");
          }
          assertThat(session.readAll()).contains(closing(4429));
        }
      }
    };

    private final String limit;

    Offence(String limit) {
      this.limit = limit;
    }

    /** Goes past the limit and sees what comes of it. */
    abstract void commit(InetSocketAddress port) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void whoGoesPastALimitMeetsItsOutcomeAndNobodyElseDoes(Offence offence) throws IOException {
    InetSocketAddress port = gateway.bound().publicAddress();
    new Healthy(gateway).isServedBeside(() -> offence.commit(port), offence.limit, "public");
  }

  @Test
  void aValueInAFrameMayBeAThousandLevelsDeepAndNoDeeper() throws IOException {
    try (RawSocket session = new RawSocket(gateway.bound().publicAddress())) {
      session.upgrade("eve").readUntil("welcome");
      session.text(nested(1_000)).readUntil("\"pong\"");
      session.text(nested(1_001));
      assertThat(session.readUntil("levels")).contains("bad_frame");
      session.text(nested(1)).readUntil("\"pong\"");
    }
  }

  private static String nested(int levels) {
    return "{\"op\":\"ping\",\"more\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
  }

  private static void refused(InetSocketAddress port, String request, String status, String code)
      throws IOException {
    try (RawSocket client = new RawSocket(port)) {
      assertThat(client.send(request).readAll()).contains("HTTP/1.1 " + status, '"' + code + '"');
    }
  }

  /** The first bytes of a Close frame, but for its length. */
  private static String closing(int code) {
    return "" + (char) (code >> 8) + (char) (code & 0xFF);
  }

  private static List<RawSocket> connections(InetSocketAddress port, int count) throws IOException {
    List<RawSocket> connections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      connections.add(new RawSocket(port));
    }
    return connections;
  }

  private static void close(List<RawSocket> connections) throws IOException {
    for (RawSocket connection : connections) {
      connection.close();
    }
  }
}
