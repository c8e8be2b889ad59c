package io.pushgate.gateway.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.gateway.fuzz.Agreement;
import io.pushgate.gateway.fuzz.Pieces;
import io.pushgate.protocol.Limits;
import io.pushgate.protocol.ingress.BinaryFrames;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.FatalFrame;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.MalformedRequest;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.Reply;
import io.pushgate.protocol.testing.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Binary frames: each is what a plain reader says of it, a request that is written is read as the
 * same, and the port answers each frame once and ends where one has no end, however the bytes are
 * cut. One thread.
 */
public final class BinaryFrameFuzzer {
  private BinaryFrameFuzzer() {}

  /** Called by the fuzzer with each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    check(input, PortRun::of);
  }

  private static void check(byte[] input, Function<List<byte[]>, PortRun> port) {
    Pieces pieces = new Pieces(input);
    byte[] whole = pieces.whole();
    if (whole.length == 0 || whole[0] != 0) {
      return;
    }
    List<Reading> expected = new ArrayList<>();
    int at = 0;
    NackCode fatal = null;
    while (at < whole.length && fatal == null) {
      byte[] rest = Arrays.copyOfRange(whole, at, whole.length);
      fatal = fault(rest);
      if (fatal == null) {
        int length = BinaryFrames.LENGTH_BYTES + ByteBuffer.wrap(rest).getInt();
        expected.add(checkFrame(Arrays.copyOf(rest, length)));
        at += length;
      }
    }
    checkPort(pieces, port, expected, fatal);
  }

  /** Why a frame has no end that could be known, null where it has. */
  private static @Nullable NackCode fault(byte[] rest) {
    if (rest.length < BinaryFrames.LENGTH_BYTES) {
      return NackCode.BAD_REQUEST;
    }
    long length = Integer.toUnsignedLong(ByteBuffer.wrap(rest).getInt());
    if (length > Limits.MAX_FRAME) {
      return NackCode.TOO_LARGE;
    }
    boolean whole = length >= Limits.MIN_FRAME && rest.length - BinaryFrames.LENGTH_BYTES >= length;
    boolean known = whole && rest[4] == BinaryFrames.VERSION && rest[6] == 0 && rest[7] == 0;
    return known ? null : NackCode.BAD_REQUEST;
  }

  private static Reading checkFrame(byte[] frame) {
    Reading expected = PlainFrame.read(frame);
    Reading found = Reading.of(BinaryFrameFuzzer::read, frame);
    expected.check(found);
    if (found.envelope() != null) {
      byte[] written = Bytes.written(out -> BinaryFrames.writeRequest(found.envelope(), out));
      Agreement.check("read again", found, Reading.of(BinaryFrameFuzzer::read, written));
    }
    return expected;
  }

  private static Envelope read(byte[] frame) throws MalformedRequest {
    return BinaryFrames.read(Unpooled.wrappedBuffer(frame), PortRun.MAX_PAYLOAD);
  }

  private static void checkPort(
      Pieces pieces,
      Function<List<byte[]>, PortRun> port,
      List<Reading> expected,
      @Nullable NackCode fatal) {
    PortRun once = port.apply(pieces.ways().get(0));
    List<Reply> answers = answers(once.answers());
    for (List<byte[]> way : pieces.ways().subList(1, pieces.ways().size())) {
      PortRun run = port.apply(way);
      once.checkSame(run);
      Agreement.check("answers", answers, answers(run.answers()));
    }
    List<Reading> all = new ArrayList<>(expected);
    if (fatal != null) {
      all.add(new Reading(null, Set.of(fatal)));
    }
    Agreement.check("answered", all.size(), answers.size());
    for (int i = 0; i < all.size(); i++) {
      IngressAnswer answer = answers.get(i).answer();
      boolean nacked =
          answer instanceof IngressAnswer.Nack nack && all.get(i).faults().contains(nack.code());
      if (all.get(i).envelope() == null && !nacked) {
        throw new AssertionError(
            "expected a nack of %s, found %s".formatted(all.get(i).faults(), answer));
      }
    }
  }

  /** The answers to frames; a gap comes by itself, between any two of them. */
  private static List<Reply> answers(String bytes) {
    List<Reply> answers = new ArrayList<>();
    ByteBuf in = Unpooled.wrappedBuffer(bytes.getBytes(StandardCharsets.ISO_8859_1));
    while (in.isReadable()) {
      try {
        Agreement.check(
            "whole", true, BinaryFrames.length(in, Limits.MAX_FRAME) <= in.readableBytes());
      } catch (FatalFrame fatal) {
        throw new AssertionError("an answer is no frame", fatal);
      }
      Reply reply = BinaryFrames.readAnswer(in);
      if (!(reply.answer() instanceof IngressAnswer.Gap)) {
        answers.add(reply);
      }
    }
    return answers;
  }

  /** The same with one byte of the flags that nobody looks at. */
  public static final class Planted {
    private static final int FLAGS_AT = 6;

    private Planted() {}

    /** Called by the fuzzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
      check(input, pieces -> PortRun.of(List.of(withoutFlag(Pieces.join(pieces)))));
    }

    private static byte[] withoutFlag(byte[] frames) {
      if (frames.length > FLAGS_AT) {
        frames[FLAGS_AT] = 0;
      }
      return frames;
    }
  }
}
