package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.ingress.FakeRouter.Mode;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.IngressRequest.Push;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonLinesIngressTest {
  private FakeRouter router;
  private IngressServer server;
  private PublisherSocket publisher;

  @BeforeEach
  void start() throws IOException {
    router = new FakeRouter(Mode.AT_ONCE);
    server = new IngressServer(router);
    publisher = server.connect();
  }

  @AfterEach
  void stop() throws IOException {
    publisher.close();
    server.close();
    router.close();
  }

  @Test
  void acksAPushWithTheRefOfItsLine() throws IOException {
    publisher.send(
        "{\"op\":\"push\",\"ref\":1,\"id\":\"inv-17\",\"to\":\"a\",\"data\":{\"n\":17}}\n");
    assertThat(publisher.line())
        .isEqualTo(
            "{\"op\":\"ack\",\"ref\":1,\"id\":\"inv-17\",\"users\":1,\"sessions\":2,\"held\":\"memory\"}");
    Push push = router.pushes().get(0);
    assertThat(push.data().text()).isEqualTo("{\"n\":17}");
    assertThat(push.to()).isInstanceOf(Audience.One.class);
  }

  @Test
  void pushesToSeveralAndToEveryone() throws IOException {
    publisher.send(
        """
        {"op":"push","to":["a","b","a"],"data":1}
        {"op":"push","to":"*","ttl":0,"data":"at five"}
        """);
    assertThat(publisher.line()).contains("\"users\":2,\"sessions\":4,\"held\":\"memory\"");
    assertThat(publisher.line()).contains("\"users\":1", "\"held\":\"none\"");
  }

  @Test
  void answersEveryOperationInTheOrderOfTheLines() throws IOException {
    router.online("b", 3);
    publisher.send(
        """
        {"op":"hello","ref":0,"secret":"unneeded"}
        {"op":"push","ref":"p","id":"x","to":"a","data":null}
        {"op":"presence","ref":2,"user":"b"}
        {"op":"ping","ref":3}
        {"op":"ping"}
        """);
    assertThat(publisher.lines(5))
        .containsExactly(
            "{\"op\":\"ok\",\"ref\":0,\"resumed\":false}",
            "{\"op\":\"ack\",\"ref\":\"p\",\"id\":\"x\",\"users\":1,\"sessions\":2,\"held\":\"memory\"}",
            "{\"op\":\"presence\",\"ref\":2,\"user\":\"b\",\"sessions\":3}",
            "{\"op\":\"pong\",\"ref\":3}",
            "{\"op\":\"pong\"}");
  }

  @Test
  void nacksASecondHello() throws IOException {
    publisher.send("{\"op\":\"hello\",\"ref\":1}\n{\"op\":\"hello\",\"ref\":2}\n");
    assertThat(publisher.line()).contains("\"op\":\"ok\"");
    assertThat(publisher.line()).startsWith("{\"op\":\"nack\",\"ref\":2,\"code\":\"bad_request\"");
  }

  @Test
  void nacksABadLineAndReadsTheNext() throws IOException {
    List<String> bad =
        List.of(
            "{\"op\":\"push\",\"ref\":9,\"id\":\"i\",\"to\":\"a\",\"data\":{\"n\":}}",
            "nonsense",
            "[1]",
            "\"text\"",
            "{}",
            "{\"op\":\"dance\"}",
            "{\"op\":\"ping\",\"op\":\"ping\"}",
            "{\"op\":\"ping\"} trailing",
            " ",
            "{");
    // The first byte decides what the connection speaks.
    publisher.send("{\"op\":\"ping\",\"ref\":-1}\n");
    assertThat(publisher.line()).isEqualTo("{\"op\":\"pong\",\"ref\":-1}");
    for (int i = 0; i < bad.size(); i++) {
      publisher.send(bad.get(i) + "\n{\"op\":\"ping\",\"ref\":" + i + "}\n");
      assertThat(publisher.line())
          .as(bad.get(i))
          .startsWith("{\"op\":\"nack\"")
          .contains("\"code\":\"bad_request\"", "\"message\":\"");
      assertThat(publisher.line()).isEqualTo("{\"op\":\"pong\",\"ref\":" + i + "}");
    }
    assertThat(server.meter("pushgate_malformed_frames_total{port=\"ingress\"}"))
        .isEqualTo(bad.size());
  }

  @Test
  void namesTheColumnOfAFault() throws IOException {
    publisher.send("{\"op\":\"push\",\"to\":\"a\",\"data\":{\"n\":}}\n");
    assertThat(publisher.line()).contains("data: unexpected '}' at column 35");
  }

  @Test
  void nacksInvalidUtf8() throws IOException {
    publisher.send("{\"op\":\"push\",\"to\":\"a\",\"data\":\"");
    publisher.send(new byte[] {(byte) 0xc3, (byte) 0x28});
    publisher.send("\"}\n{\"op\":\"ping\"}\n");
    assertThat(publisher.line()).contains("\"code\":\"bad_request\"", "UTF-8");
    assertThat(publisher.line()).isEqualTo("{\"op\":\"pong\"}");
  }

  @Test
  void ignoresEmptyLinesAndTakesBothLineEnds() throws IOException {
    publisher.send("{\"op\":\"ping\",\"ref\":1}\r\n\n\r\n\n{\"op\":\"ping\",\"ref\":2}\n");
    assertThat(publisher.lines(2))
        .containsExactly("{\"op\":\"pong\",\"ref\":1}", "{\"op\":\"pong\",\"ref\":2}");
  }

  @Test
  void readsTheLastLineWithoutATerminatorAtTheEnd() throws IOException {
    publisher.send("{\"op\":\"ping\",\"ref\":1}\n{\"op\":\"ping\",\"ref\":2}").endOutput();
    assertThat(publisher.rest())
        .isEqualTo("{\"op\":\"pong\",\"ref\":1}\n{\"op\":\"pong\",\"ref\":2}\n");
  }

  @Test
  void nacksALineThatIsTooLongAndReadsTheNext() throws IOException {
    String huge = "x".repeat(3 << 20);
    publisher.send(
        "{\"op\":\"ping\",\"ref\":1}\n{\"data\":\"" + huge + "\"}\n{\"op\":\"ping\",\"ref\":2}\n");
    assertThat(publisher.line()).isEqualTo("{\"op\":\"pong\",\"ref\":1}");
    assertThat(publisher.line()).contains("\"code\":\"too_large\"");
    assertThat(publisher.line()).isEqualTo("{\"op\":\"pong\",\"ref\":2}");
  }

  @Test
  void takesALineOfExactlyTheLimit() throws IOException {
    String open = "{\"op\":\"ping\",\"ref\":1,\"pad\":\"";
    String atLimit = open + "x".repeat((1 << 20) - open.length() - 2) + "\"}";
    assertThat(atLimit).hasSize(1 << 20);
    publisher.send(atLimit + "\r\n" + atLimit + " \n" + atLimit).endOutput();
    assertThat(publisher.line()).isEqualTo("{\"op\":\"pong\",\"ref\":1}");
    assertThat(publisher.line()).contains("\"code\":\"too_large\"");
    assertThat(publisher.line()).isEqualTo("{\"op\":\"pong\",\"ref\":1}");
    assertThat(publisher.line()).isNull();
  }

  @Test
  void nacksDataAboveTheMaximumAndKeepsTheId() throws IOException {
    String data = "\"" + "x".repeat(64 << 10) + "\"";
    publisher.send(
        "{\"op\":\"push\",\"ref\":1,\"to\":\"a\",\"data\":" + data + ",\"id\":\"big\"}\n");
    assertThat(publisher.line())
        .startsWith("{\"op\":\"nack\",\"ref\":1,\"id\":\"big\",\"code\":\"too_large\"");
  }

  @Test
  void passesTheBrokersNackOn() throws IOException {
    publisher.send("{\"op\":\"push\",\"ref\":1,\"id\":\"fail-1\",\"to\":\"a\",\"data\":1}\n");
    assertThat(publisher.line())
        .isEqualTo(
            "{\"op\":\"nack\",\"ref\":1,\"id\":\"fail-1\",\"code\":\"unavailable\","
                + "\"message\":\"the journal is away\"}");
    assertThat(server.meter("pushgate_pushes_total{outcome=\"unavailable\"}")).isEqualTo(1);
  }

  @Test
  void handsOneReadToTheBrokerAsOneBatch() throws IOException {
    StringBuilder lines = new StringBuilder();
    IntStream.range(0, 100).forEach(i -> lines.append(push(i)));
    publisher.send(lines.toString());
    publisher.lines(100);
    assertThat(router.batches()).isLessThan(5);
  }

  @Test
  void acksTwentyThousandPipelinedPushesInOrder() throws IOException {
    StringBuilder lines = new StringBuilder();
    IntStream.range(0, 20_000).forEach(i -> lines.append(push(i)));
    publisher.send(lines.toString());
    for (int i = 0; i < 20_000; i++) {
      assertThat(publisher.line()).startsWith("{\"op\":\"ack\",\"ref\":" + i + ",\"id\":\"id-" + i);
    }
    assertThat(router.pushes()).extracting(Push::id).startsWith("id-0", "id-1").hasSize(20_000);
  }

  private static String push(int i) {
    return "{\"op\":\"push\",\"ref\":%d,\"id\":\"id-%d\",\"to\":\"user-%d\",\"data\":{\"n\":%d}}\n"
        .formatted(i, i, i % 100, i);
  }
}
