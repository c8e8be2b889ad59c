package io.pushgate.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random frames, some with one bit flipped, read by this decoder and by Netty's. The two must agree
 * on what arrives and on where the protocol is broken; what Netty leaves to later handlers is added
 * by {@link NettyVerdict}.
 */
class DecoderAgainstNettyTest {
  private static final int MAX = 300;
  private static final int RUNS = 2_000;

  @Test
  void agreesWithNettyOnRandomFrames() {
    // Another seed by -Dpushgate.test.seed; of two faults in one message either may be told.
    long seed = Long.getLong("pushgate.test.seed", 2026);
    Random random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      byte[] bytes = frames(random);
      String shown = ByteBufUtil.hexDump(bytes);
      // A change may give a close frame a reason: of a code and a reason that are both wrong,
      // either may be the fault that is told.
      boolean mayClose = shown.contains("88");
      List<String> found = RecordingSink.decode(MAX, bytes);
      // What is no text is found when it arrives, by Netty when its frame is whole.
      boolean soon = found.contains("violation 1007");
      byte[] whole = soon ? ClientBytes.join(bytes, new byte[MAX]) : bytes;
      assertThat(verdict(found, mayClose))
          .as("seed %d, run %d: %s", seed, run, shown)
          .isEqualTo(verdict(NettyVerdict.of(MAX, whole), mayClose));
    }
  }

  private static List<String> verdict(List<String> events, boolean mayClose) {
    return mayClose
        ? events.stream().map(event -> event.replace("violation 1007", "violation 1002")).toList()
        : events;
  }

  private static byte[] frames(Random random) {
    byte[][] frames = new byte[1 + random.nextInt(4)][];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = frame(random);
    }
    byte[] all = ClientBytes.join(frames);
    if (random.nextInt(4) == 0) {
      // A header or a payload changes; a text may stop being text.
      all[random.nextInt(all.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return all;
  }

  private static byte[] frame(Random random) {
    int[] firsts = {0x81, 0x82, 0x88, 0x89, 0x8A, 0x01, 0x02, 0x00, 0x80};
    int first = firsts[random.nextInt(firsts.length)];
    // A close frame has no reason here: of a code and a reason that are both wrong, either may be
    // the fault that is told.
    int longest = first == 0x88 ? 2 : (first & 0x8) == 0 ? MAX + 1 : 125;
    byte[] payload = new byte[random.nextInt(longest + 1)];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) ('a' + random.nextInt(26));
    }
    if (first == 0x88 && payload.length == 2) {
      payload[0] = (byte) random.nextInt(0x13);
    }
    return ClientBytes.frame(first, payload, random.nextInt());
  }
}
