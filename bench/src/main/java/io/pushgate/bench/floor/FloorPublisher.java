package io.pushgate.bench.floor;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A publisher of the floor. Knows only the lines that this load generator writes: op, ref, to,
 * data, in this order. Event loop only.
 */
final class FloorPublisher extends FloorHandle {
  private static final byte[] REF = ascii("{\"op\":\"push\",\"ref\":");
  private static final byte[] TO = ascii(",\"to\":\"");
  private static final byte[] DATA = ascii("\",\"data\":");
  private static final byte[] FRAME_START =
      ascii(
          "{\"op\":\"notification\",\"cursor\":\"u.0\",\"id\":\"0\",\"ts\":1763793600123,\"data\":");
  private static final byte[] ACK_START = ascii("{\"op\":\"ack\",\"ref\":");
  private static final byte[] ACK_END =
      ascii(",\"id\":\"0\",\"users\":1,\"sessions\":1,\"held\":\"none\"}\n");

  private final FloorServer server;
  private byte[] leftOver = {};

  FloorPublisher(FloorServer server, Socket socket) {
    super(socket);
    this.server = server;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Acks of one read leave together; they begin behind the frame that is being built. */
  @Override
  void ready() throws IOException {
    ByteBuf in = server.inbound().clear().writeBytes(leftOver);
    if (!readInto(in)) {
      end();
      return;
    }
    ByteBuf out = server.outbound();
    int acks = out.capacity() / 2;
    int acksEnd = acks;
    int length = in.bytesBefore((byte) '\n');
    while (length >= 0) {
      acksEnd = push(in, in.readerIndex() + length, out, acksEnd);
      in.skipBytes(1);
      length = in.bytesBefore((byte) '\n');
    }
    send(out, acks, acksEnd);
    leftOver = new byte[in.readableBytes()];
    in.readBytes(leftOver);
  }

  private int push(ByteBuf in, int end, ByteBuf out, int acksEnd) throws IOException {
    expect(in, REF);
    int ref = in.readerIndex();
    int refLength = in.bytesBefore((byte) ',');
    in.skipBytes(refLength);
    expect(in, TO);
    String to = in.readCharSequence(in.bytesBefore((byte) '"'), StandardCharsets.UTF_8).toString();
    expect(in, DATA);
    int dataLength = end - 1 - in.readerIndex();
    out.clear();
    FloorFrames.writeHeader(out, FRAME_START.length + dataLength + 1);
    out.writeBytes(FRAME_START).writeBytes(in, dataLength).writeByte('}');
    in.readerIndex(end);
    deliver(to, out, out.writerIndex());
    out.writerIndex(acksEnd);
    out.writeBytes(ACK_START).writeBytes(in, ref, refLength).writeBytes(ACK_END);
    return out.writerIndex();
  }

  private void deliver(String to, ByteBuf frame, int end) {
    List<FloorSession> sessions = to.equals("*") ? server.sessions() : server.sessionsOf(to);
    int i = 0;
    while (i < sessions.size()) {
      FloorSession session = sessions.get(i);
      session.send(frame, 0, end);
      // One that takes no more has left the list, and another stands in its place.
      i += session.isEnded() ? 0 : 1;
    }
  }

  private static void expect(ByteBuf in, byte[] bytes) throws IOException {
    for (byte expected : bytes) {
      if (in.readByte() != expected) {
        throw new IOException("a line that this load generator does not write");
      }
    }
  }
}
