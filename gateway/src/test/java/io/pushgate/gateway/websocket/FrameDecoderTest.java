package io.pushgate.gateway.websocket;

import static io.pushgate.gateway.websocket.ClientBytes.close;
import static io.pushgate.gateway.websocket.ClientBytes.frame;
import static io.pushgate.gateway.websocket.ClientBytes.join;
import static io.pushgate.gateway.websocket.ClientBytes.masked;
import static io.pushgate.gateway.websocket.ClientBytes.text;
import static io.pushgate.gateway.websocket.RecordingSink.decode;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the decoder makes of whole frames, cut frames and broken ones. */
class FrameDecoderTest {
  private static final int MAX = 4096;

  /** "é" begins in one fragment and ends in the next. */
  private static final byte[] E_ACUTE_FIRST = {(byte) 0xC3};

  private static final byte[] E_ACUTE_SECOND = {(byte) 0xA9};

  private static final byte[] OVERLONG = {(byte) 0xC0, (byte) 0xAF};
  private static final byte[] SURROGATE = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};

  @Test
  void readsTheMaskedHelloOfTheRfc() {
    byte[] hello = ByteBufUtil.decodeHexDump("818537fa213d7f9f4d5158");
    assertThat(decode(MAX, hello)).containsExactly("text Hello");
  }

  @Test
  void readsTheMaskedPongOfTheRfc() {
    byte[] pong = ByteBufUtil.decodeHexDump("8a8537fa213d7f9f4d5158");
    assertThat(decode(MAX, pong)).containsExactly("pong Hello");
  }

  @Test
  void deliversPingsBetweenTheFragmentsOfAMessage() {
    assertThat(decode(MAX, frame(0x01, "Hel"), frame(0x89, "?"), frame(0x80, "lo")))
        .containsExactly("ping ?", "text Hello");
  }

  @Test
  void takesFragmentsWithoutBytes() {
    assertThat(decode(MAX, frame(0x01, ""), frame(0x00, ""), frame(0x80, "lo"), frame(0x01, "a")))
        .containsExactly("text lo");
    assertThat(decode(MAX, frame(0x02, ""), frame(0x80, ""))).containsExactly("binary ");
  }

  @Test
  void deliversTheSameWhereverTheBytesAreCut() {
    byte[] all =
        join(
            text("first"),
            frame(0x01, E_ACUTE_FIRST),
            frame(0x8A, "beat"),
            frame(0x80, E_ACUTE_SECOND),
            frame(0x82, new byte[200]),
            frame(0x82, ""),
            close(1001, "bye"));
    List<String> whole = decode(MAX, all);
    assertThat(whole).hasSize(6).endsWith("close 1001 bye").contains("text é");
    for (int cut = 0; cut <= all.length; cut++) {
      assertThat(decode(MAX, Arrays.copyOf(all, cut), Arrays.copyOfRange(all, cut, all.length)))
          .as("cut at %d", cut)
          .isEqualTo(whole);
    }
    assertThat(decode(MAX, single(all))).isEqualTo(whole);
  }

  private static byte[][] single(byte[] all) {
    byte[][] single = new byte[all.length][];
    Arrays.setAll(single, i -> new byte[] {all[i]});
    return single;
  }

  @Test
  void deliversNothingOfATruncatedFrame() {
    byte[] frame = frame(0x81, "x".repeat(300));
    for (int length = 0; length < frame.length; length++) {
      assertThat(decode(MAX, Arrays.copyOf(frame, length))).as("%d bytes", length).isEmpty();
    }
  }

  @Test
  void unmasksEveryLengthWithEveryByteOfTheMask() {
    for (int length = 0; length <= 140; length++) {
      byte[] payload = new byte[length];
      for (int i = 0; i < length; i++) {
        payload[i] = (byte) (i * 7);
      }
      assertThat(decode(MAX, frame(0x82, payload, 0x81C3F5A7)))
          .containsExactly("binary " + ByteBufUtil.hexDump(payload));
    }
  }

  @Test
  void judgesEveryFirstByte() {
    List<Integer> legal = new ArrayList<>();
    for (int first = 0; first < 256; first++) {
      if (!decode(MAX, frame(first, "")).contains("violation 1002")) {
        legal.add(first);
      }
    }
    // Begun or whole text and binary messages, then close, ping and pong, which are always whole.
    assertThat(legal).containsExactly(0x01, 0x02, 0x81, 0x82, 0x88, 0x89, 0x8A);
  }

  @Test
  void judgesEveryFirstByteInsideAMessage() {
    List<Integer> legal = new ArrayList<>();
    for (int first = 0; first < 256; first++) {
      if (!decode(MAX, frame(0x01, "a"), frame(first, "")).contains("violation 1002")) {
        legal.add(first);
      }
    }
    assertThat(legal).containsExactly(0x00, 0x80, 0x88, 0x89, 0x8A);
  }

  @Test
  void refusesAFrameThatIsNotMasked() {
    assertThat(decode(MAX, ByteBufUtil.decodeHexDump("810548656c6c6f")))
        .containsExactly("violation 1002");
  }

  @Test
  void refusesLengthsThatAreNotMinimal() {
    for (String header : List.of("81fe007d", "81ff000000000000ffff", "82ff8000000000000000")) {
      byte[] bytes = ByteBufUtil.decodeHexDump(header + "00000000");
      assertThat(decode(MAX, bytes)).as(header).containsExactly("violation 1002");
    }
    assertThat(decode(MAX, frame(0x82, new byte[126]))).hasSize(1).doesNotContain("violation 1002");
  }

  @Test
  void refusesControlFramesOfMoreThan125Bytes() {
    for (int first : new int[] {0x88, 0x89, 0x8A}) {
      assertThat(decode(MAX, frame(first, new byte[126]))).containsExactly("violation 1002");
    }
    assertThat(decode(MAX, frame(0x89, "x".repeat(125))))
        .containsExactly("ping " + "x".repeat(125));
  }

  @Test
  void takesAMessageOfTheMostBytesAndRefusesOneMore() {
    assertThat(decode(10, text("0123456789"))).containsExactly("text 0123456789");
    assertThat(decode(10, text("0123456789a"))).containsExactly("violation 1009");
    assertThat(decode(10, frame(0x01, "01234"), frame(0x80, "56789")))
        .containsExactly("text 0123456789");
    assertThat(decode(10, frame(0x01, "01234"), frame(0x80, "56789a")))
        .containsExactly("violation 1009");
    assertThat(decode(10, frame(0x89, "a ping is no message")))
        .containsExactly("ping a ping is no message");
  }

  @Test
  void refusesATooLargeMessageByItsHeaderAlone() {
    byte[] header =
        masked(Unpooled.buffer().writeShort(0x82FF).writeLong(1L << 40), new byte[0], 1);
    assertThat(decode(MAX, header)).containsExactly("violation 1009");
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    assertThat(decode(MAX, frame(0x81, OVERLONG))).containsExactly("violation 1007");
    assertThat(decode(MAX, frame(0x81, SURROGATE))).containsExactly("violation 1007");
    assertThat(decode(MAX, frame(0x81, E_ACUTE_FIRST))).containsExactly("violation 1007");
    assertThat(decode(MAX, frame(0x01, E_ACUTE_FIRST), frame(0x80, "x")))
        .containsExactly("violation 1007");
    assertThat(decode(MAX, frame(0x82, OVERLONG))).containsExactly("binary c0af");
  }

  @ParameterizedTest
  @CsvSource({
    "61ff, 1",
    "80, 0",
    "61c328, 2",
    "c0af, 0",
    "e080af, 1",
    "e28228, 2",
    "eda080, 1",
    "f08fbfbf, 1",
    "f09f9828, 3",
    "f4908080, 1",
    "f5808080, 0",
  })
  void refusesTextAtItsFirstBadByteThoughItsFrameGoesOn(String hex, int bad) {
    byte[] text = ByteBufUtil.decodeHexDump(hex);
    for (int first : new int[] {0x01, 0x81}) {
      byte[] begun =
          masked(Unpooled.buffer().writeByte(first).writeByte(0x80 | 100), text, 0x5AF0C3);
      int good = begun.length - text.length + bad;
      assertThat(decode(MAX, Arrays.copyOf(begun, good))).as("before %d", bad).isEmpty();
      assertThat(decode(MAX, Arrays.copyOf(begun, good + 1))).containsExactly("violation 1007");
      assertThat(decode(MAX, single(Arrays.copyOf(begun, good + 1))))
          .containsExactly("violation 1007");
    }
    assertThat(decode(MAX, frame(0x01, text))).containsExactly("violation 1007");
  }

  @Test
  void takesEveryCharacterWhereverItIsCut() {
    String text = "a\u0080\u07ff\u0800\ud7ff\ue000\ufffe\uffff\ud800\udc00\udbff\udfff";
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= utf8.length; cut++) {
      byte[] first = frame(0x01, Arrays.copyOf(utf8, cut));
      byte[] second = frame(0x80, Arrays.copyOfRange(utf8, cut, utf8.length));
      assertThat(decode(MAX, first, second)).as("cut at %d", cut).containsExactly("text " + text);
      assertThat(decode(MAX, single(join(first, second)))).containsExactly("text " + text);
    }
  }

  @Test
  void readsACloseWithAndWithoutACode() {
    assertThat(decode(MAX, frame(0x88, ""))).containsExactly("close 1005");
    assertThat(decode(MAX, close(1000, ""))).containsExactly("close 1000");
    assertThat(decode(MAX, close(4999, "é"))).containsExactly("close 4999 é");
  }

  @Test
  void refusesACloseOfOneByteAndAReasonThatIsNotUtf8() {
    assertThat(decode(MAX, frame(0x88, "x"))).containsExactly("violation 1002");
    assertThat(decode(MAX, frame(0x88, new byte[] {3, (byte) 0xE8, (byte) 0xC3})))
        .containsExactly("violation 1007");
  }

  @Test
  void takesTheCloseCodesThatAreForTheWireAndNoOthers() {
    for (int code = 0; code <= 0xFFFF; code++) {
      boolean legal =
          (code >= 1000 && code <= 1003)
              || (code >= 1007 && code <= 1014)
              || (code >= 3000 && code <= 4999);
      assertThat(decode(MAX, close(code, "")))
          .containsExactly(legal ? "close " + code : "violation 1002");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void deliversNothingAfterTheEnd(boolean byClose) {
    byte[] end = byClose ? close(1000, "") : frame(0x83, "");
    String last = byClose ? "close 1000" : "violation 1002";
    assertThat(decode(MAX, join(text("a"), end, text("b")), text("c")))
        .containsExactly("text a", last);
    assertThat(decode(MAX, join(frame(0x01, "a"), end), frame(0x80, "b"))).containsExactly(last);
  }
}
