package io.pushgate.gateway.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.pushgate.protocol.CloseCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes down each call as one line. */
final class RecordingSink implements FrameDecoder.Sink {
  final List<String> calls = new ArrayList<>();

  @Override
  public void text(ByteBuf payload) {
    calls.add("text " + payload.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void binary(ByteBuf payload) {
    calls.add("binary " + ByteBufUtil.hexDump(payload));
  }

  @Override
  public void ping(ByteBuf payload) {
    calls.add("ping " + payload.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void pong(ByteBuf payload) {
    calls.add("pong " + payload.toString(StandardCharsets.UTF_8));
  }

  /** No part of what was said. */
  @Override
  public void emptyFragment() {}

  @Override
  public void close(int code, String reason) {
    calls.add(("close " + code + " " + reason).trim());
  }

  @Override
  public void violation(CloseCode code, String reason) {
    calls.add("violation " + code.code());
  }

  /** Decodes pieces of one connection, each in a buffer of its own that is given back at once. */
  static List<String> decode(int maxMessage, byte[]... pieces) {
    RecordingSink sink = new RecordingSink();
    FrameDecoder decoder = new FrameDecoder(maxMessage, sink);
    try {
      for (byte[] piece : pieces) {
        ByteBuf in = ByteBufAllocator.DEFAULT.buffer().writeBytes(piece);
        decoder.decode(in);
        assert !in.isReadable() : "decode leaves bytes unread";
        in.release();
      }
    } finally {
      decoder.release();
    }
    return sink.calls;
  }
}
