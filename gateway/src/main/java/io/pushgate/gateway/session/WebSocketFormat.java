package io.pushgate.gateway.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.gateway.websocket.Frames;
import io.pushgate.protocol.CloseCode;
import io.pushgate.protocol.client.ServerFrame;
import io.pushgate.protocol.client.ServerFrames;

/** Text frames of RFC 6455: a run goes out as it stands. <em>Any thread.</em> */
final class WebSocketFormat implements StreamFormat {

  @Override
  public Run translate(Run run, int from, int to, Pump pump) {
    return run;
  }

  @Override
  public void write(ServerFrame frame, Pump pump, ByteBuf out) {
    ByteBuf json = Unpooled.buffer(256);
    ServerFrames.write(frame, json);
    Frames.writeHeader(out, Frames.TEXT, json.readableBytes());
    out.writeBytes(json);
  }

  @Override
  public void heartbeat(long mark, ByteBuf out) {
    Frames.ping(out, mark);
  }

  @Override
  public void close(CloseCode code, String reason, ByteBuf out) {
    Frames.close(out, code, reason);
  }
}
