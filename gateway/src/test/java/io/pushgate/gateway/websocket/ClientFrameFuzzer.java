package io.pushgate.gateway.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.pushgate.gateway.fuzz.Agreement;
import io.pushgate.gateway.fuzz.Buffers;
import io.pushgate.gateway.fuzz.Pieces;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Frames of a client: this decoder says of any bytes what Netty's says, however they are cut, and
 * gives every buffer back. One thread.
 */
public final class ClientFrameFuzzer {
  private static final int MAX = 130;
  private static final int MAX_HEADER = 14;

  private ClientFrameFuzzer() {}

  /** Called by the fuzzer with each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    check(input, UnaryOperator.identity());
  }

  /** Lets the bytes be tampered with on their way to the decoder, not to Netty's. */
  private static void check(byte[] input, UnaryOperator<byte[]> tampering) {
    Pieces pieces = new Pieces(input);
    List<String> once = null;
    for (List<byte[]> way : pieces.ways()) {
      List<String> found = decode(way);
      Agreement.check("in " + way.size() + " pieces", once == null ? found : once, found);
      once = found;
    }
    // Behind so many bytes more whatever had begun is whole, so that it does not matter whether a
    // fault is told as soon as it shows or where its frame ends.
    byte[] ended = Arrays.copyOf(pieces.whole(), pieces.whole().length + MAX_HEADER + MAX);
    checkAgainstNetty(ended, decode(List.of(tampering.apply(ended.clone()))));
  }

  private static void checkAgainstNetty(byte[] bytes, List<String> found) {
    List<String> netty = NettyVerdict.of(MAX, bytes);
    // Of a close frame whose code and reason are both wrong either may be told.
    boolean eitherFault =
        found.get(found.size() - 1).equals("violation 1002")
            && netty.get(netty.size() - 1).equals("violation 1007");
    int same = eitherFault ? 1 : 0;
    Agreement.check(
        "Netty's verdict",
        netty.subList(0, netty.size() - same),
        found.subList(0, found.size() - same));
  }

  private static List<String> decode(List<byte[]> pieces) {
    return Buffers.allBack(allocator -> decode(pieces, allocator));
  }

  private static List<String> decode(List<byte[]> pieces, ByteBufAllocator allocator) {
    RecordingSink sink = new RecordingSink();
    FrameDecoder decoder = new FrameDecoder(MAX, sink);
    for (byte[] piece : pieces) {
      ByteBuf in = Pieces.buffer(allocator, piece);
      decoder.decode(in);
      Agreement.check("bytes left unread", 0, in.readableBytes());
      in.release();
    }
    decoder.release();
    return sink.calls;
  }

  /** The same with a reserved bit that nobody looks at. */
  public static final class Planted {
    private static final int RSV3 = 0x10;

    private Planted() {}

    /** Called by the fuzzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
      check(input, Planted::withoutBit);
    }

    private static byte[] withoutBit(byte[] frames) {
      frames[0] &= (byte) ~RSV3;
      return frames;
    }
  }
}
