package io.pushgate.protocol.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.Ref;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a client comes by its connections, and what it does when one ends. */
class PublisherConnectionTest extends WithFakeGateway {
  private final CountDownLatch pinged = new CountDownLatch(1);

  @Test
  void whatHasNoAnswerIsSentAgainInItsOrder() throws Exception {
    start(
        (request, peer) -> {
          if (peer.number() > 2 || !peer.isGreeted()) {
            FakeGatewayScripts.answer(request, peer);
          } else if (peer.requests().size() == 3 * peer.number()) {
            peer.close();
          }
        },
        options -> options);
    List<CompletionStage<IngressAnswer.Ack>> acks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      acks.add(client.push(push(null)));
    }
    List<String> ids = new ArrayList<>();
    for (CompletionStage<IngressAnswer.Ack> ack : acks) {
      ids.add(await(ack).id());
    }
    assertThat(gateway.peers()).hasSize(3);
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids(gateway.peers().get(0))).isEqualTo(ids.subList(0, 2));
    assertThat(ids(gateway.peers().get(1))).isEqualTo(ids.subList(0, 5));
    assertThat(ids(gateway.peers().get(2))).isEqualTo(ids);
  }

  @Test
  void whatWasAnsweredIsNotSentAgain() throws Exception {
    start(
        (request, peer) -> {
          FakeGatewayScripts.answer(request, peer);
          if (peer.number() == 1 && peer.requests().size() == 3) {
            peer.close();
          }
        },
        options -> options);
    await(client.push(push("a")));
    await(client.push(push("b")));
    await(client.push(push("c")));
    assertThat(ids(gateway.peers().get(1))).isEqualTo(List.of("c"));
  }

  @Test
  void helloComesFirstAndAlone() throws Exception {
    CountDownLatch pushed = new CountDownLatch(1);
    start(
        (request, peer) -> {
          if (!peer.isGreeted()) {
            FakeGatewayScripts.await(pushed);
          }
          FakeGatewayScripts.answer(request, peer);
        },
        options -> options.as("billing", "swordfish"));
    CompletionStage<IngressAnswer.Ack> ack = client.push(push("a"));
    pushed.countDown();
    await(ack);
    assertThat(gateway.peers().get(0).requests())
        .extracting(Envelope::request)
        .containsExactly(new IngressRequest.Hello("swordfish", "billing", null), push("a"));
    assertThat(gateway.options().as("billing", "swordfish")).asString().doesNotContain("swordfish");
  }

  @Test
  void aRefusedHelloFailsWhatWaits() throws Exception {
    CountDownLatch pushed = new CountDownLatch(1);
    start(
        (request, peer) -> {
          FakeGatewayScripts.await(pushed);
          peer.answer(
              request.ref(), new IngressAnswer.Nack(null, NackCode.UNAUTHORIZED, "wrong secret"));
          peer.close();
        },
        options -> options.as(null, "wrong"));
    CompletionStage<IngressAnswer.Ack> ack = client.push(push("a"));
    pushed.countDown();
    assertThatThrownBy(() -> await(ack))
        .isInstanceOf(NackException.class)
        .hasMessage("unauthorized: wrong secret");
  }

  @Test
  void afterGoawayNothingIsSentThere() throws Exception {
    start(
        (request, peer) -> {
          FakeGatewayScripts.answer(request, peer);
          if (peer.number() == 1 && peer.isGreeted()) {
            peer.answer(Ref.NONE, new IngressAnswer.Goaway("draining"));
          }
        },
        options -> options);
    await(client.push(push("a")));
    assertThat(next()).isEqualTo("connected");
    assertThat(next()).isEqualTo("disconnected");
    await(client.push(push("b")));
    assertThat(ids(gateway.peers().get(0))).isEqualTo(List.of("a"));
    assertThat(ids(gateway.peers().get(1))).isEqualTo(List.of("b"));
  }

  @Test
  void whatWasSentBeforeGoawayIsStillAnsweredThere() throws Exception {
    start(
        (request, peer) -> {
          if (peer.requests().size() == 4) {
            peer.answer(Ref.NONE, new IngressAnswer.Goaway("draining"));
            for (Envelope earlier : peer.requests().subList(1, 4)) {
              FakeGatewayScripts.answer(earlier, peer);
            }
          } else if (!peer.isGreeted()) {
            FakeGatewayScripts.answer(request, peer);
          }
        },
        options -> options);
    List<CompletionStage<IngressAnswer.Ack>> acks = new ArrayList<>();
    for (String id : List.of("a", "b", "c")) {
      acks.add(client.push(push(id)));
    }
    for (CompletionStage<IngressAnswer.Ack> ack : acks) {
      await(ack);
    }
    assertThat(ids(gateway.peers().get(0))).isEqualTo(List.of("a", "b", "c"));
  }

  @Test
  void whatADrainingGatewayNacksGoesToTheNextInItsOrder() throws Exception {
    start(
        (request, peer) -> {
          if (peer.number() > 1 || !peer.isGreeted()) {
            FakeGatewayScripts.answer(request, peer);
          } else if (request.request().equals(push("a"))) {
            peer.answer(
                request.ref(), new IngressAnswer.Nack(null, NackCode.DRAINING, "shutting down"));
          } else if (request.request().equals(push("c"))) {
            peer.close();
          }
        },
        options -> options);
    List<CompletionStage<IngressAnswer.Ack>> acks = new ArrayList<>();
    for (String id : List.of("a", "b", "c")) {
      acks.add(client.push(push(id)));
    }
    for (CompletionStage<IngressAnswer.Ack> ack : acks) {
      await(ack);
    }
    assertThat(ids(gateway.peers().get(1))).isEqualTo(List.of("a", "b", "c"));
  }

  @Test
  void aSilentGatewayIsLeftForAnotherConnection() throws Exception {
    start(
        (request, peer) -> {
          if (peer.number() > 1 || !peer.isGreeted()) {
            FakeGatewayScripts.answer(request, peer);
          }
        },
        options -> options.withTimeouts(LONG, Duration.ofSeconds(2), LONG));
    assertThat(await(client.push(push("a"))).id()).isEqualTo("a");
    assertThat(gateway.peers()).hasSize(2);
  }

  @Test
  void connectsAgainAfterConnectionsThatFailAtOnce() throws Exception {
    start(
        (request, peer) -> {
          if (peer.number() < 4) {
            peer.close();
          } else {
            FakeGatewayScripts.answer(request, peer);
          }
        },
        options -> options);
    assertThat(await(client.push(push("a"))).id()).isEqualTo("a");
    assertThat(gateway.peers()).hasSize(4);
  }

  @Test
  void aPeerThatIsNoGatewayIsLeft() throws Exception {
    start(
        (request, peer) -> {
          if (peer.number() == 1) {
            String http = "HTTP/1.1 400 Bad Request\r\n\r\n";
            peer.write(Unpooled.copiedBuffer(http, StandardCharsets.US_ASCII));
          } else {
            FakeGatewayScripts.answer(request, peer);
          }
        },
        options -> options);
    assertThat(await(client.push(push("a"))).id()).isEqualTo("a");
  }

  @Test
  void anIdleGatewayIsAskedForASignOfLifeAndLeftWhenItGivesNone() throws Exception {
    start(
        (request, peer) -> {
          if (peer.number() > 1 || !peer.isGreeted()) {
            FakeGatewayScripts.answer(request, peer);
          }
        },
        options -> options.as("billing", null).withTimeouts(LONG, Duration.ofSeconds(2), LONG));
    assertThat(List.of(next(), next(), next()))
        .isEqualTo(List.of("connected", "disconnected", "connected"));
    assertThat(gateway.peers().get(0).requests())
        .extracting(Envelope::request)
        .containsExactly(
            new IngressRequest.Hello(null, "billing", null), new IngressRequest.Ping());
  }

  @Test
  void closingDoesNotWaitForASignOfLifeOfAGatewayThatIsGone() throws Exception {
    start(
        (request, peer) -> {
          if (request.request() instanceof IngressRequest.Ping) {
            pinged.countDown();
          } else {
            FakeGatewayScripts.answer(request, peer);
          }
        },
        options -> options.as("billing", null).withTimeouts(LONG, Duration.ofSeconds(2), LONG));
    assertThat(pinged.await(10, TimeUnit.SECONDS)).isTrue();

    gateway.close();

    // Long before the time is over that a close leaves for what is unanswered.
    client.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aHelloThatMayBeRepeatedIsAndFailsNothing() throws Exception {
    start(
        (request, peer) -> {
          if (peer.number() < 3) {
            peer.answer(
                request.ref(), new IngressAnswer.Nack(null, NackCode.UNAVAILABLE, "disk full"));
          } else {
            FakeGatewayScripts.answer(request, peer);
          }
        },
        options -> options.as("billing", null));
    assertThat(await(client.push(push("a"))).id()).isEqualTo("a");
    assertThat(gateway.peers()).hasSize(3);
  }
}
