package io.pushgate.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.protocol.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StampTest {
  private static final int RUN = 0xcafe_f00d;
  private static final long NANOS = -1_234_567_890_123_456_789L;

  private static ByteBuf frame(String before, Payload data, String behind) {
    return Unpooled.copiedBuffer(before + data.text() + behind, StandardCharsets.UTF_8);
  }

  private static void assertRead(StampReader reader, ByteBuf frame) {
    assertThat(reader.read(frame, 0, frame.readableBytes())).isTrue();
    assertThat(reader.run()).isEqualTo(RUN);
    assertThat(reader.slot()).isEqualTo(Stamp.NO_SLOT);
    assertThat(reader.sequence()).isEqualTo(123_456_789);
    assertThat(reader.intendedNanos()).isEqualTo(NANOS);
  }

  @Test
  void isJsonOfTheWantedSizeAndReadBackAtEverySize() throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (int size = Stamp.MIN_PAYLOAD; size < Stamp.MIN_PAYLOAD + 80; size++) {
      Payload data = new Stamp(RUN, size).payload(Stamp.NO_SLOT, 123_456_789, NANOS);

      assertThat(data.length()).isEqualTo(size);
      assertThat(json.readTree(data.text()).path("bench").textValue()).hasSize(Stamp.DIGITS);
      assertRead(new StampReader(size), frame("{\"op\":\"notification\",\"data\":", data, "}"));
    }
  }

  @Test
  void isFoundWhereTheDataIsNotTheLastField() {
    Payload data = new Stamp(RUN, 128).payload(Stamp.NO_SLOT, 123_456_789, NANOS);

    assertRead(new StampReader(128), frame("{\"data\":", data, ",\"op\":\"notification\"}"));
  }

  @Test
  void isNotFoundInOtherFrames() {
    StampReader reader = new StampReader(128);
    for (String text : new String[] {"", "{\"op\":\"gap\"}", "{\"bench\":\"", "x".repeat(500)}) {
      ByteBuf frame = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
      assertThat(reader.read(frame, 0, frame.readableBytes())).as(text).isFalse();
    }
  }

  @Test
  void isNotFoundWhereADigitIsNone() {
    Payload data = new Stamp(RUN, 128).payload(3, 4, 5);
    for (int i = 0; i < Stamp.DIGITS; i++) {
      byte[] spoilt = data.text().getBytes(StandardCharsets.US_ASCII);
      spoilt[Stamp.MARKER.length + i] = 'g';
      ByteBuf frame = frame("{\"data\":", new Payload(spoilt, 0, spoilt.length), "}");

      assertThat(new StampReader(128).read(frame, 0, frame.readableBytes())).isFalse();
    }
  }

  @Test
  void doesNotFitIntoLessThanItsDigits() {
    assertThatThrownBy(() -> new Stamp(RUN, Stamp.MIN_PAYLOAD - 1))
        .hasMessageContaining(Integer.toString(Stamp.MIN_PAYLOAD));
  }
}
