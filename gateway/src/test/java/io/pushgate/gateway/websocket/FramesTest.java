package io.pushgate.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.pushgate.protocol.CloseCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of the frames that go out. */
class FramesTest {
  private final ByteBuf out = Unpooled.buffer();

  @ParameterizedTest
  @CsvSource({
    "0, 8100",
    "5, 8105",
    "125, 817d",
    "126, 817e007e",
    "256, 817e0100",
    "65535, 817effff",
    "65536, 817f0000000000010000",
  })
  void writesTheShortestHeader(int length, String hex) {
    Frames.writeHeader(out, Frames.TEXT, length);
    assertThat(ByteBufUtil.hexDump(out)).isEqualTo(hex);
    assertThat(Frames.headerLength(length)).isEqualTo(hex.length() / 2);
  }

  @Test
  void writesAPingThatCarriesANumber() {
    Frames.ping(out, 0x0102030405060708L);
    assertThat(ByteBufUtil.hexDump(out)).isEqualTo("89080102030405060708");
  }

  @Test
  void writesACloseWithCodeAndReason() {
    Frames.close(out, CloseCode.HEARTBEAT_MISSED, "late");
    assertThat(ByteBufUtil.hexDump(out)).isEqualTo("8806" + "1138" + "6c617465");
  }

  @Test
  void cutsALongReasonAtTheEndOfACharacter() {
    Frames.close(out, CloseCode.POLICY, "x".repeat(122) + "é!");
    assertThat(out.readableBytes()).isEqualTo(2 + 2 + 122);
    assertThat(out.toString(4, 122, StandardCharsets.UTF_8)).isEqualTo("x".repeat(122));
    out.clear();
    Frames.close(out, CloseCode.POLICY, "x".repeat(121) + "é!");
    assertThat(out.readableBytes()).isEqualTo(2 + 125);
  }
}
