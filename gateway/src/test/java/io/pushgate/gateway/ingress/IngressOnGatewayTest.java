package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.testing.Failures;
import io.pushgate.gateway.testing.LateBroker;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The publishers' port of a whole gateway, over a broker in step and over one that is not. */
class IngressOnGatewayTest {
  private static final long SEED = 11;

  private final Failures failures = new Failures();
  private Gateway gateway;
  private PublisherSocket publisher;

  enum Broker {
    IN_STEP,
    LATE
  }

  @AfterEach
  void stop() throws IOException {
    publisher.close();
    gateway.close();
  }

  @ParameterizedTest
  @EnumSource
  void acksTwentyThousandPipelinedPushesInOrder(Broker broker) throws Exception {
    start(broker);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      lines.append(
          "{\"op\":\"push\",\"ref\":%d,\"to\":\"user-%d\",\"data\":%d}\n".formatted(i, i % 100, i));
    }
    publisher.send(lines.toString()).endOutput();
    for (int i = 0; i < 20_000; i++) {
      assertThat(publisher.line())
          .startsWith("{\"op\":\"ack\",\"ref\":" + i + ",\"id\":\"")
          .endsWith("\"users\":1,\"sessions\":0,\"held\":\"memory\"}");
    }
    assertThat(publisher.line()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void knowsAnIdAgainWhateverFormItComesIn(Broker broker) throws Exception {
    start(broker);
    String line = "{\"op\":\"push\",\"id\":\"inv-17\",\"to\":\"a\",\"data\":1}\n";
    publisher.send(line).send(line);
    assertThat(publisher.line()).doesNotContain("duplicate");
    assertThat(publisher.line()).endsWith("\"held\":\"memory\",\"duplicate\":true}");
    try (PublisherSocket http = connect()) {
      http.send(
          "POST /push HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(line.length(), line));
      HttpAnswer answer = HttpAnswer.read(http);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains("\"duplicate\":true");
    }
  }

  @Test
  void nacksAPushThatTheBrokerCouldNotTakeAndTakesItsRepeat() throws Exception {
    start(Broker.LATE);
    String line = "{\"op\":\"push\",\"id\":\"inv-18\",\"to\":\"a\",\"data\":1}\n";
    failures.failAfter(0, 1);
    publisher.send(line);
    assertThat(publisher.line()).contains("\"id\":\"inv-18\",\"code\":\"unavailable\"");
    publisher.send(line);
    assertThat(publisher.line()).contains("\"op\":\"ack\"").doesNotContain("duplicate");
  }

  @ParameterizedTest
  @EnumSource
  void saysGoawayBehindAllAnswersWhenItStops(Broker broker) throws Exception {
    start(broker);
    publisher.send("{\"op\":\"push\",\"to\":\"a\",\"data\":1}\n{\"op\":\"ping\"}\n");
    assertThat(publisher.lines(2)).last().isEqualTo("{\"op\":\"pong\"}");
    CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close);
    assertThat(publisher.line()).isEqualTo("{\"op\":\"goaway\",\"reason\":\"draining\"}");
    assertThat(publisher.line()).isNull();
    publisher.close();
    closed.join();
  }

  private void start(Broker broker) throws Exception {
    GatewayConfig config =
        GatewayConfig.of(
            "broker=memory", "public-port=0", "ingress-port=0", "admin-port=0", "drain=200ms");
    gateway =
        broker == Broker.LATE
            ? Gateway.start(config, LateBroker.open(config.broker(), SEED, failures))
            : Gateway.start(config);
    publisher = connect();
  }

  private PublisherSocket connect() throws IOException {
    return new PublisherSocket(gateway.bound().ingressAddress().getPort());
  }
}
