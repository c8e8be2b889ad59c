package io.pushgate.gateway.ingress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.pushgate.gateway.config.IngressConfig;
import io.pushgate.gateway.ingress.tls.IngressTls;
import io.pushgate.gateway.metrics.ByteCounter;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.metrics.Port;
import io.pushgate.gateway.routing.Router;
import java.util.Optional;

/**
 * The pipelines of the publishers' port. A connection begins with the sniffer alone; what its first
 * byte asks for takes the sniffer's place.
 *
 * <pre>
 * any    bytes, sniffer
 * 0x16   bytes, tls, sniffer; then again, behind tls
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

  private final IngressContext plain;
  private final IngressContext overTls;
  private final Optional<IngressTls> tls;
  private final ByteCounter bytes;

  /**
   * Wires the port.
   *
   * @param tls stays the caller's; empty where it is not spoken
   * @param room what all its connections share
   */
  public IngressInitializer(
      Router router,
      IngressConfig config,
      Optional<IngressTls> tls,
      Metrics metrics,
      IngressRoom room) {
    IngressConnections connections = new IngressConnections(metrics, room);
    IngressAccess access = new IngressAccess(config, metrics.ingress(), false);
    IngressAccess accessOverTls = new IngressAccess(config, metrics.ingress(), true);
    this.plain = new IngressContext(router, config, metrics, connections, access);
    this.overTls = new IngressContext(router, config, metrics, connections, accessOverTls);
    this.tls = tls;
    this.bytes = new ByteCounter(metrics, Port.INGRESS);
  }

  /** The connections that are open, to be drained or closed. */
  public IngressConnections connections() {
    return plain.connections();
  }

  @Override
  protected void initChannel(Channel channel) {
    if (!plain.connections().add(channel)) {
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
    channel
        .pipeline()
        .addLast("sniffer", new Sniffer(this, plain, HandshakeDeadline.begin(channel, plain)));
  }

  boolean speaksTls() {
    return tls.isPresent();
  }

  /** Puts TLS before the sniffer, which decides again; answers where the bytes go on from. */
  ChannelHandlerContext speakTls(ChannelPipeline pipeline) {
    pipeline.addBefore("sniffer", "tls", tls.orElseThrow().handler(pipeline.channel().alloc()));
    return pipeline.context("bytes");
  }

  void speakLines(ChannelPipeline pipeline, HandshakeDeadline deadline) {
    IngressContext context = context(pipeline);
    context.metrics().publisherSpeaks("json");
    LineForm form = LineForm.ofConnection(context.config().maxPayload());
    pipeline.addLast("lines", stream(pipeline.channel(), form, context, deadline));
  }

  void speakFrames(ChannelPipeline pipeline, HandshakeDeadline deadline) {
    IngressContext context = context(pipeline);
    context.metrics().publisherSpeaks("binary");
    FrameForm form = new FrameForm(context.config().maxPayload());
    pipeline.addLast("frames", stream(pipeline.channel(), form, context, deadline));
  }

  void speakHttp(ChannelPipeline pipeline, HandshakeDeadline deadline) {
    IngressContext context = context(pipeline);
    context.metrics().publisherSpeaks("http");
    pipeline.addLast("httpDecoder", new PushDecoder());
    pipeline.addLast("httpEncoder", new HttpResponseEncoder());
    pipeline.addLast("push", new PushEndpoint(pipeline.channel(), context, deadline));
  }

  private IngressContext context(ChannelPipeline pipeline) {
    return pipeline.get("tls") == null ? plain : overTls;
  }

  private static StreamHandler stream(
      Channel channel, Form form, IngressContext context, HandshakeDeadline deadline) {
    return new StreamHandler(
        channel, form, context, Admission.ofConnection(context.access(), deadline::met));
  }
}
