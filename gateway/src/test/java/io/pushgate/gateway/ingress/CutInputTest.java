package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.ingress.FakeRouter.Mode;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However the network cuts what a publisher sends, it means the same. */
class CutInputTest {
  private FakeRouter router;
  private IngressServer server;

  @BeforeEach
  void start() {
    router = new FakeRouter(Mode.AT_ONCE);
    server = new IngressServer(router);
  }

  @AfterEach
  void stop() {
    server.close();
    router.close();
  }

  static Stream<Arguments> inputs() {
    String lines =
        "{\"op\":\"ping\",\"ref\":1}\r\n\n{\"op\":\"push\",\"ref\":2,\"to\":\"ä\",\"data\":[1]}\n"
            + "nonsense\n{\"op\":\"ping\",\"ref\":3}";
    String head = "POST /push?publisher=p HTTP/1.1\r\nHost: localhost\r\n";
    String body = "{\"to\":\"a\",\"data\":1}\r\n{\"op\":\"ping\",\"ref\":4}";
    String http =
        head
            + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body)
            + head
            + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"to\"\r\nf\r\n:\"a\",\"data\":1}\n\r\n0\r\n\r\n";
    byte[] frames =
        HexFormat.of()
            .parseHex(
                "0000000c"
                    + "01030000"
                    + "0000000000000001" // a ping
                    + "0000000d"
                    + "01550000"
                    + "0000000000000002"
                    + "00" // nothing known
                    + "0000000f"
                    + "01040000"
                    + "0000000000000003"
                    + "0001"
                    + "61"); // presence
    return Stream.of(
        Arguments.of("lines", lines.getBytes(StandardCharsets.UTF_8)),
        Arguments.of("http", http.getBytes(StandardCharsets.UTF_8)),
        Arguments.of("frames", frames));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inputs")
  void answersTheSameWhereverTheInputIsCut(String form, byte[] input) throws IOException {
    String whole = answersTo(input, input.length);
    assertThat(whole).isNotEmpty();
    for (int cut = 1; cut < input.length; cut++) {
      assertThat(answersTo(input, cut)).as("cut at byte %d", cut).isEqualTo(whole);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inputs")
  void answersTheSameWhereEveryByteComesAlone(String form, byte[] input) throws IOException {
    String whole = answersTo(input, input.length);
    try (PublisherSocket publisher = server.connect()) {
      for (int i = 0; i < input.length; i++) {
        sendAndAwait(publisher, input, i, i + 1);
      }
      publisher.endOutput();
      assertThat(publisher.rest()).isEqualTo(whole);
    }
  }

  private String answersTo(byte[] input, int cut) throws IOException {
    try (PublisherSocket publisher = server.connect()) {
      sendAndAwait(publisher, input, 0, cut);
      sendAndAwait(publisher, input, cut, input.length);
      publisher.endOutput();
      return publisher.rest();
    }
  }

  /** Sends a part, and waits until the gateway has dealt with it, so that nothing joins it. */
  private void sendAndAwait(PublisherSocket publisher, byte[] input, int from, int to)
      throws IOException {
    long before = server.handledBytes();
    publisher.send(Arrays.copyOfRange(input, from, to));
    Waiting.until("the part is read", () -> server.handledBytes() == before + to - from);
  }
}
