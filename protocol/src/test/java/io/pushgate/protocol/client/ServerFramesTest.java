package io.pushgate.protocol.client;

import static io.pushgate.protocol.testing.Bytes.text;
import static io.pushgate.protocol.testing.Bytes.utf8;
import static io.pushgate.protocol.testing.Bytes.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.JsonText;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerFramesTest {
  private static final Position POSITION = new Position(Cursor.of("u7.3"), Cursor.of("e7.2"));
  private static final Map<String, ServerFrame> FRAMES = frames();

  private static Map<String, ServerFrame> frames() {
    Map<String, ServerFrame> frames = new LinkedHashMap<>();
    frames.put(
        "{\"op\":\"welcome\",\"user\":\"alice@example.com\",\"session\":\"s1\","
            + "\"cursor\":\"u7.3,e7.2\",\"resumed\":true,\"heartbeat\":25}",
        new ServerFrame.Welcome(UserId.of("alice@example.com"), "s1", POSITION, true, 25));
    frames.put(
        "{\"op\":\"notification\",\"cursor\":\"u7.3\",\"id\":\"a\\\"b\",\"type\":\"grüße\","
            + "\"ts\":1763793600123,\"data\":{\"any\" : \"JSON\"}}",
        new ServerFrame.Notification(
            Cursor.of("u7.3"),
            "a\"b",
            "grüße",
            1763793600123L,
            Payload.of("{\"any\" : \"JSON\"}")));
    frames.put(
        "{\"op\":\"notification\",\"cursor\":\"e1\",\"id\":\"i\",\"ts\":0,\"data\":null}",
        new ServerFrame.Notification(Cursor.of("e1"), "i", null, 0, Payload.of("null")));
    frames.put(
        "{\"op\":\"recall\",\"cursor\":\"u7.3\",\"id\":\"inv-17\"}",
        new ServerFrame.Recall(Cursor.of("u7.3"), "inv-17"));
    frames.put("{\"op\":\"gap\"}", new ServerFrame.Gap());
    frames.put("{\"op\":\"acked\",\"cursor\":\"u7.3,e7.2\"}", new ServerFrame.Acked(POSITION));
    frames.put(
        "{\"op\":\"authenticated\",\"expires\":1763797200}",
        new ServerFrame.Authenticated(1763797200));
    frames.put("{\"op\":\"pong\"}", new ServerFrame.Pong());
    frames.put("{\"op\":\"reconnect\",\"delayMs\":4200}", new ServerFrame.Reconnect(4200));
    frames.put(
        "{\"op\":\"error\",\"code\":\"bad_frame\",\"message\":\"op: \\\\\"}",
        new ServerFrame.Error(ClientErrorCode.BAD_FRAME, "op: \\"));
    return frames;
  }

  @Test
  void writesTheFieldsInTheirOrder() {
    FRAMES.forEach(
        (json, frame) ->
            assertThat(text(written(out -> ServerFrames.write(frame, out)))).isEqualTo(json));
  }

  @Test
  void readsWhatItWrites() {
    FRAMES.forEach((json, frame) -> assertThat(ServerFrames.read(utf8(json))).isEqualTo(frame));
  }

  @Test
  void theFastWayWritesTheSameNotification() {
    for (ServerFrame frame : FRAMES.values()) {
      if (frame instanceof ServerFrame.Notification notification) {
        String type = notification.type();
        byte[] id = JsonText.quote(notification.id());
        byte[] typeJson = type == null ? null : JsonText.quote(type);
        String cursor = notification.cursor().value();
        long ts = notification.timestampMillis();
        byte[] fast =
            written(
                out ->
                    ServerFrames.notification(out, cursor, id, typeJson, ts, notification.data()));
        assertThat(fast).isEqualTo(written(out -> ServerFrames.write(frame, out)));
        assertThat(ServerFrames.notificationLength(cursor, id, typeJson, ts, notification.data()))
            .isEqualTo(fast.length);
      }
    }
  }

  @Test
  void theFastWayWritesTheSameRecall() {
    ServerFrame.Recall recall = new ServerFrame.Recall(Cursor.of("u7.3"), "a\"b");
    byte[] id = JsonText.quote(recall.id());
    assertThat(written(out -> ServerFrames.recall(out, recall.cursor().value(), id)))
        .isEqualTo(written(out -> ServerFrames.write(recall, out)));
  }

  @Test
  void ignoresWhatIsNewer() {
    assertThat(ServerFrames.read(utf8("{\"op\":\"sparkle\",\"x\":1}"))).isNull();
    assertThat(ServerFrames.read(utf8("{\"new\":[{}],\"op\":\"gap\"}")))
        .isEqualTo(new ServerFrame.Gap());
  }

  @Test
  void consumesTheBufferItReads() {
    ByteBuf frame = Unpooled.wrappedBuffer(utf8("{\"op\":\"pong\"}"));
    assertThat(ServerFrames.read(frame)).isEqualTo(new ServerFrame.Pong());
    assertThat(frame.isReadable()).isFalse();
    frame.release();
  }

  @Test
  void namesTheFieldOfABadFrame() {
    assertThatThrownBy(() -> ServerFrames.read(utf8("{\"op\":\"recall\",\"cursor\":\"u1\"}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("id: is missing");
    assertThatThrownBy(() -> ServerFrames.read(utf8("{\"op\":\"acked\",\"cursor\":7}")))
        .hasMessage("cursor: expected a string, found a number");
    assertThatThrownBy(() -> ServerFrames.read(utf8("{\"op\":\"gap\"")))
        .hasMessage("unexpected end of input at column 12");
  }
}
