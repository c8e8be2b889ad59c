package io.pushgate.protocol.ingress;

import static io.pushgate.protocol.testing.Bytes.hex;
import static io.pushgate.protocol.testing.Bytes.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.protocol.Limits;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.testing.Vectors;
import io.pushgate.protocol.testing.Vectors.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BinaryFramesTest {
  private static final Ref REF = Ref.correlation(9);

  @Test
  void theLengthIsUnknownUntilItHasCome() throws FatalFrame {
    byte[] frame = frame(new IngressRequest.Ping());
    for (int have = 0; have < frame.length; have++) {
      ByteBuf in = Unpooled.wrappedBuffer(frame, 0, have);
      assertThat(BinaryFrames.length(in, Limits.MAX_FRAME))
          .isEqualTo(have < BinaryFrames.LENGTH_BYTES ? -1 : frame.length);
    }
  }

  @Test
  void aWrongHeadIsToldAsSoonAsItIsSeen() {
    assertFatal("00000000", NackCode.BAD_REQUEST, "length: 0 bytes, 12 at least");
    assertFatal("0000000b", NackCode.BAD_REQUEST, "length: 11 bytes, 12 at least");
    assertFatal("00100001", NackCode.TOO_LARGE, "length: 1048577 bytes, 1048576 at most");
    assertFatal("ffffffff", NackCode.TOO_LARGE, "length: 4294967295 bytes, 1048576 at most");
    assertFatal("0000000c02", NackCode.BAD_REQUEST, "version: 2 is unknown, 1 is spoken");
    assertFatal("0000000c01030100", NackCode.BAD_REQUEST, "flags: 0x0100 where 0 is expected");
  }

  @Test
  void theLargestFrameIsReadAndNotOneByteMore() throws Exception {
    int room = Limits.MAX_FRAME - frame(push("\"\"")).length + BinaryFrames.LENGTH_BYTES;
    IngressRequest.Push most = push("\"" + "x".repeat(room) + "\"");
    ByteBuf in = Unpooled.wrappedBuffer(frame(most));
    assertThat(BinaryFrames.length(in, Limits.MAX_FRAME)).isEqualTo(Limits.MAX_FRAME + 4);
    assertThat(BinaryFrames.read(in, Limits.MAX_FRAME).request()).isEqualTo(most);
    ByteBuf out = Unpooled.buffer().writeByte(7);
    IngressRequest.Push more = push("\"" + "x".repeat(room + 1) + "\"");
    assertThatThrownBy(() -> BinaryFrames.writeRequest(new Envelope(REF, more), out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a frame of 1048577 bytes, 1048576 at most");
    assertThat(out.readableBytes()).isEqualTo(1);
  }

  @Test
  void aBadBodyIsConsumedWhole() {
    ByteBuf in = Unpooled.wrappedBuffer(hex("0000000d 01 03 0000 0000000000000009 ff"), hex("aa"));
    MalformedRequest fault =
        catchThrowableOfType(MalformedRequest.class, () -> BinaryFrames.read(in, 100));
    assertThat(fault).hasMessage("1 bytes too many behind the body");
    assertThat(fault.ref()).isEqualTo(REF);
    assertThat(in.readableBytes()).isEqualTo(1);
  }

  @Test
  void dataIsBoundedAndChecked() throws Exception {
    assertThat(read(frame(push("\"" + "x".repeat(98) + "\""))).request())
        .isEqualTo(push("\"" + "x".repeat(98) + "\""));
    byte[] large = frame(push("\"" + "x".repeat(99) + "\""));
    MalformedRequest tooLarge = fault(large);
    assertThat(tooLarge).hasMessage("data: 101 bytes, 100 at most");
    assertThat(tooLarge.code()).isEqualTo(NackCode.TOO_LARGE);
    byte[] cut = frame(push("[1,2]"));
    cut[cut.length - 1] = ' ';
    assertThat(fault(cut)).hasMessage("data: unexpected end of input at column 6");
    byte[] broken = frame(push("[ ]"));
    broken[broken.length - 2] = '\n';
    assertThat(((IngressRequest.Push) read(broken).request()).data()).isEqualTo(Payload.of("[ ]"));
  }

  @Test
  void aSmallPayloadDoesNotKeepALargeFrameAlive() throws Exception {
    List<UserId> many =
        IntStream.range(0, 1000).mapToObj(i -> UserId.of("user number " + i)).toList();
    IngressRequest.Push push =
        new IngressRequest.Push(
            new Audience.Several(many), null, null, Payload.of("7"), -1, null, false);
    Payload data = ((IngressRequest.Push) read(frame(push)).request()).data();
    assertThat(data).isEqualTo(Payload.of("7"));
    assertThat(data.bytes()).hasSize(1);
  }

  @Test
  void tenThousandUsersAreReadAndNotOneMore() throws Exception {
    List<String> names = new ArrayList<>();
    IntStream.range(0, 10_000).forEach(i -> names.add("u" + i));
    names.add("u0");
    byte[] most = frame(names);
    assertThat(((IngressRequest.Push) read(most).request()).to())
        .isInstanceOfSatisfying(
            Audience.Several.class, to -> assertThat(to.users()).hasSize(10_000));
    names.add("one more");
    assertThat(fault(frame(names))).hasMessage("to: more than 10000 users");
    assertThat(fault(frame(names)).code()).isEqualTo(NackCode.TOO_LARGE);
  }

  @Test
  void everyShorterBodyOfEveryRequestIsRefused() {
    for (Vector vector : Vectors.of("publisherRequests")) {
      byte[] frame = hex(vector.text("frame"));
      for (int length = Limits.MIN_FRAME; length < frame.length - 4; length++) {
        byte[] cut = cut(frame, length);
        assertThat(fault(cut).ref().correlation())
            .as(vector.toString())
            .isEqualTo(Unpooled.wrappedBuffer(frame).getLong(8));
      }
    }
  }

  @Test
  void everyShorterBodyOfEveryAnswerIsRefused() {
    for (Vector vector : Vectors.of("gatewayAnswers")) {
      byte[] frame = hex(vector.text("frame"));
      for (int length = Limits.MIN_FRAME; length < frame.length - 4; length++) {
        ByteBuf in = Unpooled.wrappedBuffer(cut(frame, length));
        assertThatThrownBy(() -> BinaryFrames.readAnswer(in))
            .as(vector.toString())
            .isInstanceOf(IllegalArgumentException.class);
        assertThat(in.isReadable()).isFalse();
      }
    }
  }

  @Test
  void anyBytesGiveARequestOrItsFaultAndNothingElse() throws FatalFrame {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Vector> vectors = Vectors.of("publisherRequests");
    int read = 0;
    for (int run = 0; run < 50_000; run++) {
      byte[] frame = hex(vectors.get(random.nextInt(vectors.size())).text("frame"));
      for (int i = random.nextInt(4); i >= 0 && frame.length > 16; i--) {
        frame[16 + random.nextInt(frame.length - 16)] = (byte) random.nextInt();
      }
      ByteBuf in = Unpooled.wrappedBuffer(frame);
      try {
        Envelope envelope = BinaryFrames.read(in, 1000);
        assertThat(read(frame(envelope.request())).request())
            .as("seed %d, run %d", seed, run)
            .isEqualTo(envelope.request());
        read++;
      } catch (MalformedRequest fault) {
        assertThat(fault.toNack().message()).as("seed %d, run %d", seed, run).isNotEmpty();
      }
      assertThat(in.isReadable()).as("seed %d, run %d", seed, run).isFalse();
    }
    assertThat(read).as("seed %d", seed).isBetween(1, 49_999);
  }

  private static void assertFatal(String head, NackCode code, String message) {
    ByteBuf in = Unpooled.wrappedBuffer(hex(head));
    FatalFrame fault =
        catchThrowableOfType(FatalFrame.class, () -> BinaryFrames.length(in, Limits.MAX_FRAME));
    assertThat(fault.toNack()).isEqualTo(new IngressAnswer.Nack(null, code, message));
  }

  private static byte[] cut(byte[] frame, int length) {
    byte[] cut = java.util.Arrays.copyOf(frame, length + 4);
    Unpooled.wrappedBuffer(cut).setInt(0, length);
    return cut;
  }

  private static IngressRequest.Push push(String data) {
    return new IngressRequest.Push(
        new Audience.One(UserId.of("a")), null, null, Payload.of(data), -1, null, false);
  }

  private static byte[] frame(IngressRequest request) {
    return written(out -> BinaryFrames.writeRequest(new Envelope(REF, request), out));
  }

  /** A push to names of which some may be doubled, or too many for a request to hold. */
  private static byte[] frame(List<String> names) {
    return written(
        out -> {
          out.writeInt(0).writeByte(1).writeByte(2).writeShort(0).writeLong(9);
          out.writeByte(1).writeShort(names.size());
          names.forEach(name -> BinaryText.write(out, name));
          BinaryText.write(out, null).writeShort(0).writeInt(-1).writeShort(0).writeByte(0);
          out.writeInt(1).writeByte('0');
          out.setInt(0, out.writerIndex() - 4);
        });
  }

  private static Envelope read(byte[] frame) throws MalformedRequest, FatalFrame {
    ByteBuf in = Unpooled.wrappedBuffer(frame);
    assertThat(BinaryFrames.length(in, Limits.MAX_FRAME)).isEqualTo(frame.length);
    return BinaryFrames.read(in, 100);
  }

  private static MalformedRequest fault(byte[] frame) {
    return catchThrowableOfType(MalformedRequest.class, () -> read(frame));
  }
}
