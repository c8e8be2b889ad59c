package io.pushgate.protocol.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.ReceiptEvent;
import io.pushgate.protocol.ingress.Ref;
import io.pushgate.protocol.publisher.FakeGateway.Peer;
import io.pushgate.protocol.publisher.FakeGateway.Script;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a client's receipts go on over its connections. */
class PublisherReceiptsTest extends WithFakeGateway {
  private static final IngressAnswer.Receipt FIRST = receipt("r7");
  private static final IngressAnswer.Receipt SECOND = receipt("r8");

  @Test
  void goOnBehindTheLastOneHeard() throws Exception {
    start(
        greeting("r6", true, FIRST, new IngressAnswer.Gap()),
        options -> options.as("billing", null));
    assertThat(heard(5))
        .isEqualTo(List.of("from r6, resumed", "connected", FIRST, "gap", "disconnected"));
    next();
    assertThat(hellos()).containsExactly(hello(null), hello("r7"));
  }

  @Test
  void beginWhereTheApplicationSays() throws Exception {
    start(
        greeting("r5", true, SECOND),
        options -> options.as("billing", null).withReceiptsAfter("r5"));
    assertThat(heard(3)).isEqualTo(List.of("from r5, resumed", "connected", SECOND));
    assertThat(hellos()).startsWith(hello("r5"));
  }

  @Test
  void goOnFromTheFirstPlaceWhereNoneWasHeardSince() throws Exception {
    start(greeting("r6", false), options -> options.as("billing", null).withReceiptsAfter("end"));
    assertThat(heard(3)).isEqualTo(List.of("from r6", "connected", "disconnected"));
    next();
    assertThat(hellos()).containsExactly(hello("end"), hello("r6"));
  }

  @Test
  void comeAgainWhereTheApplicationFailedOnOne() throws Exception {
    failOnce = true;
    start(greeting("r6", true, FIRST, SECOND), options -> options.as("billing", null));
    assertThat(heard(3)).isEqualTo(List.of("from r6, resumed", "connected", "disconnected"));
    next();
    assertThat(hellos()).containsExactly(hello(null), hello("r6"));
  }

  @Test
  void ofAPublisherWithoutANameHaveNoPlace() throws Exception {
    IngressAnswer.Receipt passing = receipt(null);
    start(
        (request, peer) -> {
          FakeGatewayScripts.answer(request, peer);
          peer.answer(Ref.NONE, passing);
        },
        options -> options.as(null, "swordfish"));
    assertThat(heard(2)).isEqualTo(List.of("connected", passing));
  }

  /** The first connection gets these and is closed; the others are only greeted. */
  private static Script greeting(String cursor, boolean resumed, IngressAnswer... then) {
    return (request, peer) -> {
      if (!peer.isGreeted()) {
        peer.answer(request.ref(), new IngressAnswer.Ok(Cursor.of(cursor), resumed));
        tell(peer, then);
      }
    };
  }

  private static void tell(Peer peer, IngressAnswer... then) throws IOException {
    if (peer.number() == 1) {
      for (IngressAnswer each : then) {
        peer.answer(Ref.NONE, each);
      }
      peer.close();
    }
  }

  private List<Object> heard(int count) throws InterruptedException {
    Object[] all = new Object[count];
    for (int i = 0; i < count; i++) {
      all[i] = next();
    }
    return List.of(all);
  }

  private List<IngressRequest> hellos() {
    return gateway.peers().stream()
        .flatMap(peer -> peer.requests().stream())
        .map(Envelope::request)
        .toList();
  }

  private static IngressRequest hello(String after) {
    return new IngressRequest.Hello(null, "billing", after);
  }

  private static IngressAnswer.Receipt receipt(String cursor) {
    return new IngressAnswer.Receipt(
        cursor == null ? null : Cursor.of(cursor), "i", ALICE, ReceiptEvent.DELIVERED, 1);
  }
}
