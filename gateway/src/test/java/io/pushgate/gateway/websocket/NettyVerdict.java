package io.pushgate.gateway.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What Netty's decoder makes of a client's bytes, in the lines of {@link RecordingSink}. Netty's
 * leaves three things to others, which are done here by other means than the decoder's own: joining
 * fragments, their bound together, and the UTF-8 of text, which the JDK judges, fragment by
 * fragment. Close codes from 5000 on and reasons cut off inside a character, which it lets pass,
 * are refused.
 */
final class NettyVerdict {
  private static final int CODE_BYTES = 2;

  /** One of each range that the second byte of a character may have to be in (RFC 3629). */
  private static final int[] CONTINUATIONS = {0x80, 0x90, 0xA0};

  private final List<String> calls = new ArrayList<>();
  private final ByteBuf message = Unpooled.buffer();
  private final int max;
  private boolean binary;
  private boolean ended;

  private NettyVerdict(int max) {
    this.max = max;
  }

  static List<String> of(int max, byte[] bytes) {
    NettyVerdict verdict = new NettyVerdict(max);
    WebSocketDecoderConfig config =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(max)
            .withUTF8Validator(false)
            .build();
    EmbeddedChannel channel = new EmbeddedChannel(new WebSocket13FrameDecoder(config));
    CorruptedWebSocketFrameException broken = null;
    try {
      channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    } catch (CorruptedWebSocketFrameException e) {
      broken = e;
    }
    for (Object frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
      verdict.take((WebSocketFrame) frame);
      ((WebSocketFrame) frame).release();
    }
    if (broken != null) {
      verdict.end("violation " + broken.closeStatus().code());
    }
    channel.finishAndReleaseAll();
    return verdict.calls;
  }

  private void take(WebSocketFrame frame) {
    if (ended) {
      return;
    }
    if (frame instanceof CloseWebSocketFrame close) {
      takeClose(close);
    } else if (frame instanceof PingWebSocketFrame) {
      calls.add("ping " + frame.content().toString(StandardCharsets.UTF_8));
    } else if (frame instanceof PongWebSocketFrame) {
      calls.add("pong " + frame.content().toString(StandardCharsets.UTF_8));
    } else {
      takeData(frame);
    }
  }

  private void takeClose(CloseWebSocketFrame close) {
    int code = close.statusCode() < 0 ? FrameDecoder.NO_CODE : close.statusCode();
    if (code >= 5000) {
      end("violation 1002");
    } else if (close.content().isReadable() && !isUtf8(close.content().skipBytes(CODE_BYTES))) {
      end("violation 1007");
    } else {
      end(("close " + code + " " + close.content().toString(StandardCharsets.UTF_8)).trim());
    }
  }

  private void takeData(WebSocketFrame frame) {
    binary |= frame instanceof BinaryWebSocketFrame;
    message.writeBytes(frame.content());
    boolean last = frame.isFinalFragment();
    if (message.readableBytes() > max) {
      end("violation 1009");
    } else if (!binary && !mayBeText(last)) {
      end("violation 1007");
    } else if (last) {
      calls.add(
          binary
              ? "binary " + ByteBufUtil.hexDump(message)
              : "text " + message.toString(StandardCharsets.UTF_8));
      message.clear();
      binary = false;
    }
  }

  private boolean mayBeText(boolean whole) {
    ByteBuffer bytes = message.nioBuffer();
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .decode(bytes, CharBuffer.allocate(message.readableBytes()), whole);
    return !result.isError() && (whole || mayBegin(bytes));
  }

  /** Whether these few bytes begin a character, which the JDK's decoder asks when all are there. */
  private static boolean mayBegin(ByteBuffer bytes) {
    if (!bytes.hasRemaining()) {
      return true;
    }
    ByteBuf character = Unpooled.buffer().writeBytes(bytes);
    int length = character.readableBytes();
    for (int second : CONTINUATIONS) {
      for (int third : CONTINUATIONS) {
        character.writerIndex(length).writeByte(second).writeByte(third).writeByte(0x80);
        for (int end = length + 1; end <= length + 3; end++) {
          if (isUtf8(character.slice(0, end))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean isUtf8(ByteBuf text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(text.nioBuffer());
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }

  private void end(String call) {
    if (!ended) {
      calls.add(call);
    }
    ended = true;
  }
}
