package io.pushgate.gateway.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.AsciiString;
import io.pushgate.gateway.metrics.Port;
import io.pushgate.gateway.websocket.FrameDecoder;
import io.pushgate.protocol.CloseCode;
import io.pushgate.protocol.client.ClientErrorCode;
import io.pushgate.protocol.client.ClientFrame;
import io.pushgate.protocol.client.ClientFrames;
import io.pushgate.protocol.client.MalformedFrame;
import io.pushgate.protocol.client.ServerFrame;
import java.nio.charset.StandardCharsets;

/** What a client says on its WebSocket, as verbs of its session. <em>Event loop only.</em> */
final class ClientInput implements FrameDecoder.Sink, ClientFrame.Cases<Boolean> {
  private static final AsciiString PING_TEXT = AsciiString.cached("ping");
  private static final int RATE_MILLIS = 10_000;

  private final Session session;
  private final Pump pump;
  private final SessionLoop shared;
  private final FrameDecoder decoder;
  private int frames;
  private int countedFromMillis;

  ClientInput(Session session, Pump pump, SessionLoop shared) {
    this.session = session;
    this.pump = pump;
    this.shared = shared;
    this.decoder = new FrameDecoder(shared.config.maxClientFrame(), this);
    this.countedFromMillis = shared.nowMillis();
  }

  void decode(ByteBuf bytes) {
    decoder.decode(bytes);
  }

  void release() {
    decoder.release();
  }

  @Override
  public void text(ByteBuf payload) {
    if (isPing(payload)) {
      count();
      pump.outbox.pongText();
      pump.run();
      return;
    }
    byte[] json = ByteBufUtil.getBytes(payload);
    try {
      if (!ClientFrames.read(json, 0, json.length).match(this)) {
        count();
      }
    } catch (MalformedFrame e) {
      count();
      shared.metrics.malformedFrame(Port.PUBLIC);
      session.say(e.toFrame());
    }
  }

  private static boolean isPing(ByteBuf payload) {
    return payload.readableBytes() == PING_TEXT.length()
        && payload.toString(StandardCharsets.US_ASCII).contentEquals(PING_TEXT);
  }

  /** Answers whether it moved on: one that does is not counted against the client's rate. */
  @Override
  public Boolean ack(ClientFrame.Ack frame) {
    return session.acknowledge(frame.cursor());
  }

  @Override
  public Boolean ping(ClientFrame.Ping frame) {
    session.say(new ServerFrame.Pong());
    return false;
  }

  @Override
  public Boolean auth(ClientFrame.Auth frame) {
    Lease.Renewal renewal = session.request().lease().renew(frame.token());
    switch (renewal.outcome()) {
      case RENEWED -> session.say(new ServerFrame.Authenticated(renewal.expires()));
      case REFUSED -> session.error(ClientErrorCode.UNAUTHORIZED, renewal.reason());
      case NOT_YOURS -> session.close(CloseCode.FORBIDDEN_USER, renewal.reason());
    }
    return false;
  }

  @Override
  public void binary(ByteBuf payload) {
    session.close(CloseCode.UNSUPPORTED_DATA, "binary messages are not understood");
  }

  @Override
  public void ping(ByteBuf payload) {
    count();
    pump.outbox.pong(ByteBufUtil.getBytes(payload));
    pump.run();
  }

  @Override
  public void pong(ByteBuf payload) {
    if (!pump.outbox.isAnswer()) {
      count();
    }
    if (payload.readableBytes() == Long.BYTES) {
      pump.read(payload.getLong(payload.readerIndex()));
    }
  }

  @Override
  public void emptyFragment() {
    count();
  }

  /** The client says goodbye and is answered in kind (RFC 6455, section 5.5.1). */
  @Override
  public void close(int code, String reason) {
    if (code != FrameDecoder.NO_CODE) {
      pump.outbox.answerClose(code);
    }
    session.close(CloseCode.NORMAL, "");
  }

  @Override
  public void violation(CloseCode code, String reason) {
    if (code == CloseCode.TOO_LARGE) {
      shared.metrics.limitHit("max-client-frame");
    }
    shared.metrics.malformedFrame(Port.PUBLIC);
    session.close(code, reason);
  }

  private void count() {
    int now = shared.nowMillis();
    if (now - countedFromMillis >= RATE_MILLIS) {
      countedFromMillis = now;
      frames = 0;
    }
    if (++frames > shared.config.clientRate() * (RATE_MILLIS / 1000)) {
      shared.metrics.limitHit("client-rate");
      session.close(CloseCode.TOO_MANY_FRAMES, "more than --client-rate frames a second");
    }
  }
}
