package io.pushgate.gateway.ingress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.pushgate.gateway.config.IngressConfig;
import io.pushgate.gateway.metrics.ByteCounter;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.metrics.Port;
import io.pushgate.gateway.routing.Router;

/**
 * The pipelines of the publishers' port. A connection begins with the sniffer alone; what its first
 * byte asks for takes the sniffer's place.
 *
 * <pre>
 * any    bytes, sniffer
 * '{'    bytes, lines
 * 0x00   bytes, frames
 * A-Z    bytes, httpDecoder, httpEncoder, push
 * ended  farewell in the place of the last of them
 * </pre>
 *
 * <em>Any thread</em> builds it and asks for its connections; the rest runs on a channel's loop.
 */
public final class IngressInitializer extends ChannelInitializer<Channel> {
  private static final WriteBufferWaterMark ANSWERS =
      new WriteBufferWaterMark(
          IngressLimits.RESUME_UNSENT_ANSWERS, IngressLimits.MAX_UNSENT_ANSWERS);

  private final IngressContext context;
  private final ByteCounter bytes;

  /**
   * Wires the port.
   *
   * @param room what all its connections share
   */
  public IngressInitializer(
      Router router, IngressConfig config, Metrics metrics, IngressRoom room) {
    this.context =
        new IngressContext(router, config, metrics, new IngressConnections(metrics, room));
    this.bytes = new ByteCounter(metrics, Port.INGRESS);
  }

  /** The connections that are open, to be drained or closed. */
  public IngressConnections connections() {
    return context.connections();
  }

  @Override
  protected void initChannel(Channel channel) {
    if (!context.connections().add(channel)) {
      return;
    }
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, ANSWERS);
    // One read makes one batch: a publisher with more to say waits for its turn among the others.
    channel
        .config()
        .setOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new FixedRecvByteBufAllocator(IngressLimits.READ_BYTES).maxMessagesPerRead(1));
    channel.pipeline().addLast("bytes", bytes);
    channel.pipeline().addLast("sniffer", new Sniffer(this, context));
  }

  void speakLines(ChannelPipeline pipeline) {
    context.metrics().publisherSpeaks("json");
    LineForm form = LineForm.ofConnection(context.config().maxPayload());
    pipeline.addLast("lines", new StreamHandler(pipeline.channel(), form, context));
  }

  void speakFrames(ChannelPipeline pipeline) {
    context.metrics().publisherSpeaks("binary");
    FrameForm form = new FrameForm(context.config().maxPayload());
    pipeline.addLast("frames", new StreamHandler(pipeline.channel(), form, context));
  }

  void speakHttp(ChannelPipeline pipeline) {
    context.metrics().publisherSpeaks("http");
    pipeline.addLast("httpDecoder", new PushDecoder());
    pipeline.addLast("httpEncoder", new HttpResponseEncoder());
    pipeline.addLast("push", new PushEndpoint(pipeline.channel(), context));
  }
}
