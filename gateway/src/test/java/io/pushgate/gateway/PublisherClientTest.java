package io.pushgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.testing.NginxServer;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.Held;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.publisher.NackException;
import io.pushgate.protocol.publisher.PublisherClient;
import io.pushgate.protocol.publisher.PublisherListener;
import io.pushgate.protocol.publisher.PublisherOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Java publisher against a real gateway, also one that is replaced under it. */
class PublisherClientTest {
  private static final UserId ALICE = UserId.of("alice@example.com");
  private static final UserId BOB = UserId.of("bob@example.com");

  private Gateway gateway;
  private PublisherClient publisher;

  @BeforeEach
  void startsBoth() throws Exception {
    gateway = start(NginxServer.freePort());
    int port = gateway.bound().ingressAddress().getPort();
    publisher =
        PublisherClient.connect(
            PublisherOptions.of("127.0.0.1", port)
                .as("billing", null)
                .withBackoff(Duration.ofMillis(5), Duration.ofMillis(50)),
            PublisherListener.SILENT);
  }

  @AfterEach
  void stopsBoth() throws Exception {
    await(publisher.close());
    gateway.close();
  }

  @Test
  void aPushIsAckedOnceAndItsRepeatIsADuplicate() throws Exception {
    assertThat(await(publisher.push(push("inv-17", new Audience.One(ALICE)))))
        .isEqualTo(new IngressAnswer.Ack("inv-17", 1, 0, Held.MEMORY, false));
    assertThat(await(publisher.push(push("inv-17", new Audience.One(ALICE)))))
        .isEqualTo(new IngressAnswer.Ack("inv-17", 1, 0, Held.MEMORY, true));
  }

  @Test
  void eachOperationHasTheAnswerThatTheProtocolPromises() throws Exception {
    Audience both = new Audience.Several(List.of(ALICE, BOB));
    assertThat(await(publisher.push(push(null, both))).users()).isEqualTo(2);
    assertThat(await(publisher.push(push(null, new Audience.Everyone()))).users()).isZero();
    assertThat(await(publisher.presence(BOB))).isEqualTo(new IngressAnswer.PresenceIs(BOB, 0));
    assertThat(await(publisher.ping())).isEqualTo(new IngressAnswer.Pong());
    assertThatThrownBy(() -> await(publisher.recall("inv-17"))).isInstanceOf(NackException.class);
    assertThatThrownBy(() -> await(publisher.status("inv-17"))).isInstanceOf(NackException.class);
  }

  @Test
  void everyPushIsAckedOverAGatewayThatIsReplaced() throws Exception {
    int port = gateway.bound().ingressAddress().getPort();
    List<CompletionStage<IngressAnswer.Ack>> acks = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      acks.add(publisher.push(push(null, new Audience.One(ALICE))));
    }
    await(acks.get(0));
    gateway.close();
    for (int i = 0; i < 100; i++) {
      acks.add(publisher.push(push(null, new Audience.One(BOB))));
    }
    gateway = start(port);
    for (CompletionStage<IngressAnswer.Ack> ack : acks) {
      assertThat(await(ack).users()).isEqualTo(1);
    }
    assertThat(publisher.inFlight()).isZero();
  }

  private static Gateway start(int ingressPort) throws Exception {
    return Gateway.start(
        GatewayConfig.of(
            "broker=memory",
            "public-port=0",
            "ingress-port=" + ingressPort,
            "admin-port=0",
            "drain=200ms"));
  }

  private static IngressRequest.Push push(String id, Audience to) {
    return new IngressRequest.Push(to, id, null, Payload.of("{\"n\":17}"), -1, null, false);
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }
}
