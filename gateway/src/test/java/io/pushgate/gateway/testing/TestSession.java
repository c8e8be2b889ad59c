package io.pushgate.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.pushgate.gateway.session.SessionRequest.Format;
import io.pushgate.protocol.client.ServerFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A session's client: what it was told, and what it says. Any thread but the loop. */
public final class TestSession {
  private static final int MASK = 0x37FA213D;

  private final FakeWire wire;
  private final Format format;
  private final String user;
  private final List<Said> said = new ArrayList<>();

  /** How many bytes of the wire that is. */
  private int read;

  public TestSession(FakeWire wire, Format format, String user) {
    this.wire = wire;
    this.format = format;
    this.user = user;
  }

  public FakeWire wire() {
    return wire;
  }

  public Format format() {
    return format;
  }

  public String user() {
    return user;
  }

  /** All that was said so far. */
  public synchronized List<Said> said() {
    ByteBuffer fresh = ByteBuffer.wrap(wire.takenFrom(read));
    said.addAll(Said.whole(fresh, format));
    read += fresh.position();
    return List.copyOf(said);
  }

  public Stream<Said> said(String kind) {
    return said().stream().filter(said -> said.kind().equals(kind));
  }

  public long count(String kind) {
    return said(kind).count();
  }

  /** The data of all notifications so far. */
  public List<String> data() {
    return said("notification").map(Said::data).toList();
  }

  /** Waits until so many notifications came. */
  public TestSession awaitData(int count) {
    return await("notification", count);
  }

  public TestSession await(String kind, int count) {
    Waiting.until(
        () -> "expected %d %s, found %d in %s".formatted(count, kind, count(kind), kinds()),
        () -> count(kind) >= count);
    return this;
  }

  private List<String> kinds() {
    List<String> kinds = said().stream().map(Said::kind).toList();
    return kinds.size() < 50 ? kinds : kinds.subList(kinds.size() - 50, kinds.size());
  }

  public ServerFrame.Welcome welcome() {
    await("welcome", 1);
    return (ServerFrame.Welcome) said().get(0).frame();
  }

  /** The cursor of a notification, counted from 0. */
  public String cursor(int index) {
    return ((ServerFrame.Notification) said("notification").toList().get(index).frame())
        .cursor()
        .value();
  }

  /** Waits for the end, and answers the name of its code. */
  public String closed() {
    await("close", 1);
    assertThat(said().get(said().size() - 1).kind()).isEqualTo("close");
    return said("close").findFirst().orElseThrow().text();
  }

  /** The client's WebSocket sends a text. */
  public void send(String text) {
    wire.receive(text(text));
  }

  public void ack(String position) {
    send("{\"op\":\"ack\",\"cursor\":\"" + position + "\"}");
  }

  /** Answers the ping that came last. */
  public void answerPing() {
    await("ping", 1);
    List<Said> pings = said("ping").toList();
    byte[] payload = pings.get(pings.size() - 1).text().getBytes(StandardCharsets.ISO_8859_1);
    wire.receive(frame(0x8A, payload));
  }

  public static byte[] text(String text) {
    return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A masked frame of at most 125 bytes, or more in the second form of the length. */
  public static byte[] frame(int first, byte[] payload) {
    ByteBuf out = Unpooled.buffer().writeByte(first);
    if (payload.length <= 125) {
      out.writeByte(0x80 | payload.length);
    } else {
      out.writeByte(0x80 | 126).writeShort(payload.length);
    }
    out.writeInt(MASK);
    for (int i = 0; i < payload.length; i++) {
      out.writeByte(payload[i] ^ (MASK >>> (24 - 8 * (i % 4))));
    }
    return ByteBufUtil.getBytes(out);
  }
}
