package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.pushgate.gateway.ingress.FakeRouter.Mode;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.BinaryFrames;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.Held;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressAnswer.Nack;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.IngressRequest.Push;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.ReceiptEvent;
import io.pushgate.protocol.ingress.Ref;
import io.pushgate.protocol.ingress.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryIngressTest {
  private static final IngressAnswer PONG = new IngressAnswer.Pong();

  private FakeRouter router;
  private IngressServer server;
  private PublisherSocket publisher;

  @BeforeEach
  void start() throws IOException {
    router = new FakeRouter(Mode.LATE_AND_SHUFFLED);
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
  void answersEveryOperationInItsOrder() throws IOException {
    router.online("b", 3);
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.writeBytes(frame(0, new IngressRequest.Hello(null, "billing", null)));
    frames.writeBytes(frame(7, push("inv-17")));
    frames.writeBytes(frame(8, new IngressRequest.Presence(UserId.of("b"))));
    frames.writeBytes(frame(9, new IngressRequest.Recall("inv-17")));
    frames.writeBytes(frame(10, new IngressRequest.Status("inv-18")));
    frames.writeBytes(frame(-1, new IngressRequest.Ping()));
    publisher.send(frames.toByteArray());
    Cursor start = Cursor.of(FakeReceipts.cursor("billing", 0));
    assertThat(reply()).isEqualTo(reply(0, new IngressAnswer.Ok(start, false)));
    assertThat(reply())
        .isEqualTo(reply(7, new IngressAnswer.Ack("inv-17", 1, 2, Held.MEMORY, false)));
    assertThat(reply()).isEqualTo(reply(8, new IngressAnswer.PresenceIs(UserId.of("b"), 3)));
    assertThat(reply())
        .isEqualTo(reply(9, new IngressAnswer.Ack("inv-17", 1, 2, Held.MEMORY, false)));
    assertThat(reply())
        .isEqualTo(
            reply(
                10,
                new IngressAnswer.Nack(
                    "inv-18", NackCode.NOT_FOUND, "id: nothing is known of it")));
    assertThat(reply()).isEqualTo(reply(-1, PONG));
    assertThat(router.pushes().get(0).data().text()).isEqualTo("{\"n\":17}");
    assertThat(server.meter("pushgate_publishers_total{form=\"binary\"}")).isEqualTo(1);
  }

  @Test
  void tellsReceiptsUnderNoCorrelationId() throws IOException {
    router.receipts.add("billing", "inv-17");
    publisher.send(frame(3, new IngressRequest.Hello(null, "billing", "no cursor")));
    Cursor start = Cursor.of(FakeReceipts.cursor("billing", 0));
    Cursor first = Cursor.of(FakeReceipts.cursor("billing", 1));
    assertThat(reply()).isEqualTo(reply(3, new IngressAnswer.Ok(start, false)));
    assertThat(reply()).isEqualTo(reply(0, new IngressAnswer.Gap()));
    assertThat(reply())
        .isEqualTo(
            reply(
                0,
                new IngressAnswer.Receipt(
                    first, "inv-17", UserId.of("alice"), ReceiptEvent.DELIVERED, FakeReceipts.TS)));
  }

  @Test
  void nacksAWrongBodyAndReadsTheNextFrame() throws IOException {
    byte[] wrongBody = frame(5, new IngressRequest.Presence(UserId.of("abc")));
    wrongBody[17] = 9; // The name's length goes past the frame's end.
    byte[] unknownOpcode = frame(6, new IngressRequest.Ping());
    unknownOpcode[5] = 0x55;
    publisher.send(wrongBody).send(unknownOpcode).send(frame(7, new IngressRequest.Ping()));
    assertNacked(5, NackCode.BAD_REQUEST);
    assertNacked(6, NackCode.BAD_REQUEST);
    assertThat(reply()).isEqualTo(reply(7, PONG));
  }

  @ParameterizedTest
  @CsvSource({
    "0000000c 02030000 0000000000000007, bad_request, version",
    "0000000c 01030001 0000000000000007, bad_request, flags",
    "0000000b 01030000 00000000000000, bad_request, length",
    "00100001 01030000 0000000000000007, too_large, length"
  })
  void answersWhatCameBeforeABrokenFrameThenNacksItAndCloses(
      String hex, String code, String message) throws IOException {
    publisher.send(frame(1, push("a"))).send(frame(2, push("b")));
    publisher.send(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
    publisher.send(frame(3, push("never"))).send(new byte[100_000]);
    assertThat(reply().answer()).isInstanceOf(IngressAnswer.Ack.class);
    assertThat(reply().answer()).isInstanceOf(IngressAnswer.Ack.class);
    Reply last = reply();
    assertThat(last.ref()).isEqualTo(Ref.correlation(0));
    assertThat(((Nack) last.answer()).code().wire()).isEqualTo(code);
    assertThat(((Nack) last.answer()).message()).contains(message);
    assertThat(publisher.rest()).isEmpty();
    assertThat(router.pushes()).extracting(Push::id).containsExactly("a", "b");
  }

  @Test
  void tellsAPublisherThatEndsInsideAFrame() throws IOException {
    publisher.send(frame(1, push("a"))).send(new byte[] {0, 0, 0}).endOutput();
    assertThat(reply().answer()).isInstanceOf(IngressAnswer.Ack.class);
    assertNacked(0, NackCode.BAD_REQUEST);
    assertThat(publisher.rest()).isEmpty();
  }

  @Test
  void acksTwentyThousandPipelinedPushesInOrder() throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i < 20_000; i++) {
      frames.writeBytes(frame(i, push("id-" + i)));
    }
    publisher.send(frames.toByteArray()).endOutput();
    for (int i = 0; i < 20_000; i++) {
      assertThat(reply())
          .isEqualTo(reply(i, new IngressAnswer.Ack("id-" + i, 1, 2, Held.MEMORY, false)));
    }
    assertThat(publisher.rest()).isEmpty();
  }

  private void assertNacked(long correlation, NackCode code) throws IOException {
    Reply reply = reply();
    assertThat(reply.ref()).isEqualTo(Ref.correlation(correlation));
    assertThat(((Nack) reply.answer()).code()).isEqualTo(code);
  }

  private Reply reply() throws IOException {
    byte[] length = publisher.bytes(Integer.BYTES);
    assertThat(length).as("the length of a frame").hasSize(Integer.BYTES);
    byte[] rest = publisher.bytes(ByteBuffer.wrap(length).getInt());
    return BinaryFrames.readAnswer(Unpooled.wrappedBuffer(length, rest));
  }

  private static Reply reply(long correlation, IngressAnswer answer) {
    return new Reply(Ref.correlation(correlation), answer);
  }

  private static Push push(String id) {
    Audience to = new Audience.One(UserId.of("alice@example.com"));
    return new Push(to, id, "order.paid", Payload.of("{\"n\":17}"), Push.NO_TTL, null, false);
  }

  private static byte[] frame(long correlation, IngressRequest request) {
    ByteBuf out = Unpooled.buffer();
    BinaryFrames.writeRequest(new Envelope(Ref.correlation(correlation), request), out);
    return ByteBufUtil.getBytes(out);
  }
}
