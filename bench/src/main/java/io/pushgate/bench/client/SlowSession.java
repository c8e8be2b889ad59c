package io.pushgate.bench.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.bench.ledger.StampReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A session that reads no more than it is told to, and its books: what is left out must have been
 * told by a gap. The thread of its fleet only.
 */
final class SlowSession implements FrameScanner.Sink {
  private static final int RECEIVE_BUFFER = 16 << 10;

  private final SocketChannel channel;
  private final Handshake handshake;
  private final StampReader stamp;
  private final int run;
  private final int maxFrame;
  private final ByteBuf in = Unpooled.buffer();
  private final byte[] request;
  private boolean requested;
  private boolean shaken;
  private boolean welcomed;
  private String end = "";
  private int next;
  private int excused;
  private boolean gapTold;
  private int gaps;
  private int lost;
  private int doubled;
  private long bytes;

  SlowSession(SlowFleet.Plan plan, Handshake handshake, int user) throws IOException {
    this.handshake = handshake;
    stamp = new StampReader(plan.payloadBytes());
    run = plan.run();
    maxFrame = Handshake.MAX_HEAD + plan.payloadBytes();
    request = handshake.request(plan.names().of(user).value());
    channel = SocketChannel.open();
    // Small, so that what is not read stays with the server as soon as it would over a thin line.
    channel.socket().setReceiveBufferSize(RECEIVE_BUFFER);
    channel.configureBlocking(false);
    channel.connect(plan.target().address());
  }

  boolean isWelcomed() {
    return welcomed;
  }

  boolean isOpen() {
    return end.isEmpty();
  }

  /** Why it ended; empty while it lives. */
  String end() {
    return end;
  }

  /** Goes on connecting and reads so many bytes at most; returns how many it read. */
  int turn(ByteBuffer chunk, int most) {
    try {
      if (!requested) {
        if (!channel.finishConnect()) {
          return 0;
        }
        requested = true;
        channel.write(ByteBuffer.wrap(request));
      }
      return read(chunk, most);
    } catch (IOException | ProtocolFault e) {
      end(String.valueOf(e.getMessage()));
      return 0;
    }
  }

  private int read(ByteBuffer chunk, int most) throws IOException, ProtocolFault {
    int sum = 0;
    int read = 1;
    while (sum < most && read > 0 && isOpen()) {
      chunk.clear().limit(Math.min(most - sum, chunk.capacity()));
      read = channel.read(chunk);
      if (read < 0) {
        end("the server ended the stream");
      } else if (read > 0) {
        sum += read;
        bytes += read;
        in.discardReadBytes().writeBytes(chunk.flip());
        consume();
      }
    }
    return sum;
  }

  private void consume() throws ProtocolFault {
    if (!shaken) {
      int head = handshake.head(in, in.readerIndex(), in.writerIndex());
      if (head < 0) {
        return;
      }
      in.readerIndex(head);
      shaken = true;
    }
    in.readerIndex(FrameScanner.scan(in, in.readerIndex(), in.writerIndex(), maxFrame, this));
  }

  @Override
  public boolean frame(int opcode, ByteBuf frame, int from, int to) throws ProtocolFault {
    switch (opcode) {
      case FrameScanner.TEXT -> text(frame, from, to);
      case FrameScanner.PING -> pong(frame, from, to);
      case FrameScanner.CLOSE ->
          end("closed with " + (to - from < 2 ? 0 : frame.getUnsignedShort(from)));
      default -> {
        // Nothing that a slow session asks for.
      }
    }
    return isOpen();
  }

  private void text(ByteBuf frame, int from, int to) throws ProtocolFault {
    if (!welcomed) {
      ServerOp.expectWelcome(frame, from, to);
      welcomed = true;
    } else if (stamp.read(frame, from, to) && stamp.run() == run) {
      arrived(stamp.sequence());
    } else if (ServerOp.of(frame, from, to) == ServerOp.GAP) {
      gaps++;
      gapTold = true;
    }
  }

  private void arrived(int sequence) {
    if (sequence < next) {
      doubled++;
      return;
    }
    if (gapTold) {
      excused += sequence - next;
    } else {
      lost += sequence - next;
    }
    gapTold = false;
    next = sequence + 1;
  }

  private void pong(ByteBuf frame, int from, int to) {
    try {
      channel.write(ByteBuffer.wrap(ClientFrames.pong(frame, from, to)));
    } catch (IOException e) {
      end("could not answer a ping: " + e.getMessage());
    }
  }

  /** Whether everything up to this count has come or was told to be missing. */
  boolean isComplete(int sent) {
    return next >= sent;
  }

  SlowTally tally(int sent) {
    int missing = gapTold ? 0 : Math.max(0, sent - next);
    return new SlowTally(
        isOpen() ? 1 : 0,
        next - excused - lost,
        bytes,
        gaps,
        excused + (gapTold ? Math.max(0, sent - next) : 0),
        lost + missing,
        doubled);
  }

  void end(String reason) {
    if (!isOpen()) {
      return;
    }
    end = reason;
    try {
      channel.close();
    } catch (IOException e) {
      end = reason + ", " + e.getMessage();
    }
    in.release();
  }
}
