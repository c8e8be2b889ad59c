package io.pushgate.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.bench.testing.FakeSession;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameScannerTest {
  private static final int MAX = 1 << 20;

  /** Remembers every frame as opcode, length and a hash of the payload. */
  private static final class Seen implements FrameScanner.Sink {
    private final List<String> frames = new ArrayList<>();
    private int enough = Integer.MAX_VALUE;

    @Override
    public boolean frame(int opcode, ByteBuf in, int from, int to) {
      frames.add(opcode + ":" + (to - from) + ":" + in.slice(from, to - from).hashCode());
      return frames.size() < enough;
    }
  }

  private static byte[] payload(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + length);
    }
    return bytes;
  }

  /** All three forms of a length at their edges, control frames between. */
  private static ByteBuf stream() {
    ByteBuf stream = Unpooled.buffer();
    for (int length : new int[] {0, 1, 125, 126, 127, 300, 65_535, 65_536}) {
      stream.writeBytes(FakeSession.textFrame(payload(length)));
      stream.writeBytes(FakeSession.frame(0x89, payload(length % 126)));
    }
    return stream.writeBytes(FakeSession.frame(0x88, payload(2)));
  }

  @Test
  void findsAllFramesOfOneRead() throws ProtocolFault {
    ByteBuf stream = stream();
    Seen seen = new Seen();

    int end = FrameScanner.scan(stream, 0, stream.writerIndex(), MAX, seen);

    assertThat(end).isEqualTo(stream.writerIndex());
    assertThat(seen.frames).hasSize(17);
    assertThat(seen.frames.get(0)).startsWith("1:0:");
    assertThat(seen.frames.get(14)).startsWith("1:65536:");
    assertThat(seen.frames.get(16)).startsWith("8:2:");
  }

  @Test
  void findsTheSameFramesWhereverTheStreamIsCut() throws ProtocolFault {
    ByteBuf stream = Unpooled.buffer();
    for (int length : new int[] {0, 1, 125, 126, 300}) {
      stream.writeBytes(FakeSession.textFrame(payload(length)));
      stream.writeBytes(FakeSession.frame(0x8a, payload(length % 126)));
    }
    Seen whole = new Seen();
    FrameScanner.scan(stream, 0, stream.writerIndex(), MAX, whole);

    for (int cut = 0; cut <= stream.writerIndex(); cut++) {
      Seen seen = new Seen();
      // A copy, so that looking behind the cut fails.
      int left = FrameScanner.scan(stream.copy(0, cut), 0, cut, MAX, seen);
      FrameScanner.scan(stream, left, stream.writerIndex(), MAX, seen);
      assertThat(seen.frames).as("cut at %d", cut).isEqualTo(whole.frames);
    }
  }

  @Test
  void findsTheSameFramesWhenTheyComeByteByByte() throws ProtocolFault {
    ByteBuf stream = stream();
    Seen whole = new Seen();
    FrameScanner.scan(stream, 0, stream.writerIndex(), MAX, whole);

    Seen seen = new Seen();
    int left = 0;
    for (int end = 1; end <= stream.writerIndex(); end++) {
      left = FrameScanner.scan(stream, left, end, MAX, seen);
    }

    assertThat(seen.frames).isEqualTo(whole.frames);
  }

  @Test
  void stopsWhenTheSinkHasEnough() throws ProtocolFault {
    ByteBuf stream = stream();
    Seen seen = new Seen();
    seen.enough = 3;

    FrameScanner.scan(stream, 0, stream.writerIndex(), MAX, seen);

    assertThat(seen.frames).hasSize(3);
  }

  @Test
  void refusesWhatNoServerMaySend() {
    assertRefused("81 80 00 00 00 00", "masked");
    assertRefused("01 00", "0x01");
    assertRefused("80 00", "0x80");
    assertRefused("82 00", "0x82");
    assertRefused("c1 00", "0xc1");
    assertRefused("83 00", "0x83");
    assertRefused("8b 00", "0x8b");
    assertRefused("89 7e 00 7e", "control frame of 126 bytes");
    assertRefused("81 7f 00 00 00 00 00 10 00 00", "1048576 bytes");
    assertRefused("81 7f 80 00 00 00 00 00 00 00", "bytes");
  }

  private static void assertRefused(String hex, String message) {
    String[] digits = hex.split(" ", -1);
    ByteBuf in = Unpooled.buffer();
    for (String digit : digits) {
      in.writeByte(Integer.parseInt(digit, 16));
    }
    assertThatThrownBy(() -> FrameScanner.scan(in, 0, in.writerIndex(), MAX, new Seen()))
        .as(hex)
        .isInstanceOf(ProtocolFault.class)
        .hasMessageContaining(message);
  }

  @Test
  void answersAPingWithItsOwnPayloadMasked() {
    ByteBuf ping = Unpooled.copiedBuffer("half-way", StandardCharsets.US_ASCII);

    byte[] pong = ClientFrames.pong(ping, 0, ping.writerIndex());

    assertThat(pong).hasSize(6 + 8);
    assertThat(pong[0] & 0xff).isEqualTo(0x8a);
    assertThat(pong[1] & 0xff).isEqualTo(0x80 | 8);
    byte[] payload = new byte[8];
    for (int i = 0; i < 8; i++) {
      payload[i] = (byte) (pong[6 + i] ^ pong[2 + (i & 3)]);
    }
    assertThat(new String(payload, StandardCharsets.US_ASCII)).isEqualTo("half-way");
  }
}
