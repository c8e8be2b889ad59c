package io.pushgate.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.HttpCall;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Publishers that go on past each limit of the ingress port, and of the one for operators. */
class IngressLimitsTest {
  private static final int LEVELS = 1_000;

  @RegisterExtension
  final GatewayExtension gateway =
      GatewayExtension.with(
          "max-publishers=8",
          "max-in-flight=4MiB",
          "max-payload=4KiB",
          "handshake-timeout=1500ms",
          "dedupe-count=4");

  private enum Offence {
    LONG_LINE("ingress-too-large") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        answered(port, '"' + "x".repeat(1 << 20) + '"', "too_large");
      }
    },
    LARGE_DATA("ingress-too-large") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        answered(port, '"' + "x".repeat(4095) + '"', "too_large");
      }
    },
    DEEP_DATA("ingress-too-large") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        answered(port, nested(LEVELS + 1), "too_large");
      }
    },
    MANY_USERS("ingress-too-large") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        String to =
            IntStream.rangeClosed(0, 10_000)
                .mapToObj(n -> "\"u" + n + '"')
                .collect(Collectors.joining(",", "[", "]"));
        try (RawSocket publisher = new RawSocket(port)) {
          publisher.send("{\"op\":\"push\",\"to\":" + to + ",\"data\":1}\n");
          assertThat(publisher.readUntil("\n")).contains("too_large");
        }
      }
    },
    LARGE_FRAME("ingress-too-large") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        try (RawSocket publisher = new RawSocket(port)) {
          publisher.send("\0\20\0\1\1\2\0\0");
          assertThat(publisher.readAll()).contains("too_large");
        }
      }
    },
    SILENCE("handshake-timeout") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        try (RawSocket publisher = new RawSocket(port)) {
          assertThat(publisher.readAll()).isEmpty();
        }
      }
    },
    MANY_IDS("dedupe-count") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        try (RawSocket publisher = new RawSocket(port)) {
          for (int i = 0; i < 5; i++) {
            publisher.send(
                "{\"op\":\"push\",\"id\":\"i%d\",\"to\":\"eve\",\"data\":1}\n".formatted(i));
          }
          assertThat(publisher.readUntil("overloaded")).contains("\"i4\"");
        }
      }
    },
    MANY_CONNECTIONS("max-publishers") {
      @Override
      void commit(InetSocketAddress port) throws IOException {
        List<RawSocket> publishers = new ArrayList<>();
        for (int i = 0; i < 7; i++) { // The healthy one has a place, too.
          publishers.add(new RawSocket(port).send("{\"op\":\"ping\"}\n"));
          assertThat(publishers.get(i).readUntil("\n")).contains("pong");
        }
        try (RawSocket unheard = new RawSocket(port)) {
          assertThat(unheard.readAll()).isIn("", "(reset)");
        }
        for (RawSocket publisher : publishers) {
          publisher.close();
        }
      }
    };

    private final String limit;

    Offence(String limit) {
      this.limit = limit;
    }

    abstract void commit(InetSocketAddress port) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void whoGoesPastALimitMeetsItsOutcomeAndNobodyElseDoes(Offence offence) throws IOException {
    InetSocketAddress port = gateway.bound().ingressAddress();
    new Healthy(gateway).isServedBeside(() -> offence.commit(port), offence.limit, "ingress");
  }

  @Test
  void publishersThatFillTheRoomOfAllAreNotReadWhileOthersAre() throws IOException {
    Healthy healthy = new Healthy(gateway);
    String half = "{\"op\":\"push\",\"to\":\"eve\",\"data\":1,\"filling\":\"";
    List<RawSocket> greedy = new ArrayList<>();
    List<CompletableFuture<?>> sending = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      RawSocket publisher = new RawSocket(gateway.bound().ingressAddress());
      greedy.add(publisher);
      sending.add(CompletableFuture.runAsync(() -> send(publisher, half + "x".repeat(700_000))));
    }
    Waiting.until("the room is full", () -> gateway.limitHits("max-in-flight") > 0);
    healthy.isServed();
    assertThat(gateway.metric("pushgate_in_flight_bytes"))
        .as("what is held: the room, and what one read may make a line grow")
        .isBetween(4.0 * (1 << 20), 8.0 * (1 << 20));

    for (int i = 6; i >= 2; i--) {
      greedy.get(i).reset();
    }
    for (int i = 0; i < 2; i++) {
      Waiting.get(sending.get(i));
      assertThat(greedy.get(i).send("\"}\n").readUntil("\n")).contains("\"ack\"");
      greedy.get(i).close();
    }
    Waiting.until("nothing is left in it", () -> gateway.metric("pushgate_in_flight_bytes") == 0);
    healthy.isServed();
  }

  @Test
  void dataMayBeAThousandLevelsDeepInEveryFormAndNoDeeper() throws IOException {
    InetSocketAddress port = gateway.bound().ingressAddress();
    answered(port, nested(LEVELS), "ack");
    answered(port, nested(LEVELS + 1), "too_large");
    String post = "{\"to\":\"eve\",\"data\":%s}";
    assertThat(HttpCall.post(port, "/push", post.formatted(nested(LEVELS))).statusCode())
        .isEqualTo(200);
    assertThat(HttpCall.post(port, "/push", post.formatted(nested(LEVELS + 1))).statusCode())
        .isEqualTo(413);
    try (RawSocket publisher = new RawSocket(port)) {
      publisher.send(frame(nested(LEVELS)) + frame(nested(LEVELS + 1)));
      String answers = publisher.readUntil("too_large");
      assertThat(answers.charAt(5)).as("the first one's opcode").isEqualTo((char) 0x82);
    }
  }

  /** A push of this JSON to one user, as a binary frame. */
  private static String frame(String data) {
    String body = "\0\0\1\0\3eve\0\0\0\0" + "\377\377\377\377" + "\0\0\0" + length(data) + data;
    return length("\1\2\0\0" + "\0".repeat(8) + body) + "\1\2\0\0" + "\0".repeat(8) + body;
  }

  private static String length(String bytes) {
    return "\0\0" + (char) (bytes.length() >> 8) + (char) (bytes.length() & 0xFF);
  }

  private static void send(RawSocket publisher, String text) {
    try {
      publisher.send(text);
    } catch (IOException closedMeanwhile) {
      throw new AssertionError(closedMeanwhile);
    }
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  private static void answered(InetSocketAddress port, String data, String answer)
      throws IOException {
    try (RawSocket publisher = new RawSocket(port)) {
      publisher.send("{\"op\":\"push\",\"to\":\"eve\",\"data\":" + data + "}\n");
      assertThat(publisher.readUntil("\n")).contains('"' + answer + '"');
    }
  }
}
