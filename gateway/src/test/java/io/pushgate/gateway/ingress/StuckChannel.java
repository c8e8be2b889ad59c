package io.pushgate.gateway.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;

/** Takes no byte while it is stuck, as a socket whose peer reads nothing. One test thread. */
final class StuckChannel extends EmbeddedChannel {
  boolean stuck = true;

  @Override
  protected void doWrite(ChannelOutboundBuffer in) throws Exception {
    if (!stuck) {
      super.doWrite(in);
    }
  }

  long unsentBytes() {
    return unsafe().outboundBuffer().totalPendingWriteBytes();
  }

  /** Lets the peer read all that there is, and returns it. */
  String unstick() {
    stuck = false;
    flush();
    runPendingTasks();
    StringBuilder text = new StringBuilder();
    for (ByteBuf part = readOutbound(); part != null; part = readOutbound()) {
      text.append(part.toString(StandardCharsets.UTF_8));
      part.release();
    }
    return text.toString();
  }
}
