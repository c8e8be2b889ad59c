package io.pushgate.protocol.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pushgate.protocol.Payload;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.NackCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What becomes of the requests made of a client. */
class PublisherClientTest extends WithFakeGateway {
  @Test
  void everyPushIsAnsweredByItsOwnAck() throws Exception {
    start(FakeGatewayScripts::answer, options -> options);
    List<CompletionStage<IngressAnswer.Ack>> acks = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      acks.add(client.push(push("id-" + i)));
    }
    for (int i = 0; i < acks.size(); i++) {
      assertThat(await(acks.get(i)).id()).isEqualTo("id-" + i);
    }
    assertThat(gateway.peers()).hasSize(1);
    assertThat(gateway.peers().get(0).requests()).hasSize(5_001);
    assertThat(client.inFlight()).isZero();
  }

  @Test
  void eachOperationHasItsAnswer() throws Exception {
    start(FakeGatewayScripts::answer, options -> options);
    assertThat(await(client.recall("i")).id()).isEqualTo("i");
    assertThat(await(client.status("i")).id()).isEqualTo("i");
    assertThat(await(client.presence(ALICE)).user()).isEqualTo(ALICE);
    assertThat(await(client.ping())).isEqualTo(new IngressAnswer.Pong());
  }

  @Test
  void aPushWithoutAnIdGetsOneOfItsOwn() throws Exception {
    start(FakeGatewayScripts::answer, options -> options);
    String first = await(client.push(push(null))).id();
    String second = await(client.push(push(null))).id();
    assertThat(first).matches("[0-9a-f]{16}-1");
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void aNackFailsThePush() throws Exception {
    start(
        (request, peer) -> {
          if (peer.isGreeted()) {
            peer.answer(
                request.ref(), new IngressAnswer.Nack("i", NackCode.OVERLOADED, "come back"));
          } else {
            FakeGatewayScripts.answer(request, peer);
          }
        },
        options -> options);
    assertThatThrownBy(() -> await(client.push(push("i"))))
        .isInstanceOfSatisfying(
            NackException.class,
            nack -> {
              assertThat(nack.code()).isEqualTo(NackCode.OVERLOADED);
              assertThat(nack.mayBeRepeated()).isTrue();
              assertThat(nack.id()).isEqualTo("i");
            })
        .hasMessage("overloaded: come back");
  }

  @Test
  void onePushBeyondTheLimitIsRefusedUntilAnAnswerComes() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    start(
        (request, peer) -> {
          if (peer.isGreeted()) {
            FakeGatewayScripts.await(gate);
          }
          FakeGatewayScripts.answer(request, peer);
        },
        options -> options.withMaxInFlight(2));
    CompletionStage<IngressAnswer.Ack> first = client.push(push("a"));
    CompletionStage<IngressAnswer.Ack> second = client.push(push("b"));
    assertThatThrownBy(() -> await(client.push(push("c"))))
        .isInstanceOf(InFlightLimitException.class)
        .hasMessage("2 requests are without an answer, which is the limit");
    CompletionStage<IngressAnswer.Ack> next =
        first.thenCompose(ack -> client.push(push("after " + ack.id())));
    gate.countDown();
    assertThat(await(second).id()).isEqualTo("b");
    assertThat(await(next).id()).isEqualTo("after a");
  }

  @Test
  void aPushThatFitsIntoNoFrameFailsAlone() throws Exception {
    start(FakeGatewayScripts::answer, options -> options);
    Payload large = Payload.of("\"" + "x".repeat(1 << 20) + "\"");
    CompletionStage<IngressAnswer.Ack> tooLarge =
        client.push(
            new IngressRequest.Push(new Audience.One(ALICE), "l", null, large, -1, null, false));
    CompletionStage<IngressAnswer.Ack> next = client.push(push("a"));
    assertThatThrownBy(() -> await(tooLarge))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("1048576 at most");
    assertThat(await(next).id()).isEqualTo("a");
    assertThat(client.inFlight()).isZero();
  }

  @Test
  void closingWaitsForAnswersAndTakesNothingMore() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    start(
        (request, peer) -> {
          if (peer.isGreeted()) {
            FakeGatewayScripts.await(gate);
          }
          FakeGatewayScripts.answer(request, peer);
        },
        options -> options.withTimeouts(LONG, LONG, LONG));
    CompletionStage<IngressAnswer.Ack> ack = client.push(push("a"));
    CompletionStage<Void> closed = client.close();
    assertThatThrownBy(() -> await(client.push(push("b"))))
        .isInstanceOf(PublisherClosedException.class);
    gate.countDown();
    await(closed);
    assertThat(await(ack).id()).isEqualTo("a");
  }

  @Test
  void closingFailsWhatIsNotAnsweredInTime() throws Exception {
    start(
        (request, peer) -> {
          if (!peer.isGreeted()) {
            FakeGatewayScripts.answer(request, peer);
          }
        },
        options -> options.withTimeouts(LONG, LONG, Duration.ofMillis(100)));
    CompletionStage<IngressAnswer.Ack> ack = client.push(push("a"));
    await(client.close());
    assertThatThrownBy(() -> await(ack)).isInstanceOf(PublisherClosedException.class);
    assertThat(client.inFlight()).isZero();
  }
}
