package io.pushgate.gateway.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.pushgate.gateway.http.Forwarded;
import io.pushgate.gateway.http.StrictRequestDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * The pipeline of the public port. Event loop only.
 *
 * <pre>
 *   bytes -> decoder: strict HTTP, one request at a time
 *         -> reader:  a whole request, in time and in size      (or a rejection)
 *         -> handler: the gate, then the endpoint
 *   bytes <- encoder
 * </pre>
 *
 * A good handshake replaces all four by a wire, which leads to a session or to {@link Echo}.
 */
final class PublicInitializer extends ChannelInitializer<Channel> {
  private static final int MAX_LINE = 16 << 10;
  private static final int MAX_HEADERS = 32 << 10;

  private static final String DECODER = "decoder";
  private static final String ENCODER = "encoder";
  private static final String READER = "reader";
  private static final String HANDLER = "handler";

  private final PublicPort port;

  PublicInitializer(PublicPort port) {
    this.port = port;
  }

  @Override
  protected void initChannel(Channel channel) {
    InetAddress peer = peerOf(channel);
    Optional<Admission.Ticket> ticket = port.admission().enter(peer);
    if (ticket.isEmpty()) {
      channel.close();
      return;
    }
    channel.closeFuture().addListener(closed -> ticket.get().leave());

    RequestFactory requests =
        new RequestFactory(peer, localOf(channel), ticket.get(), port.access(), port.files());
    StrictRequestDecoder decoder = new StrictRequestDecoder(MAX_LINE, MAX_HEADERS);
    RequestReader reader =
        new RequestReader(
            requests, decoder, port.answers(), port.config().handshakeTimeout().toMillis());
    channel
        .pipeline()
        .addLast(DECODER, decoder)
        .addLast(ENCODER, new HttpResponseEncoder())
        .addLast(READER, reader)
        .addLast(HANDLER, new PublicHandler(port, new Responder(reader)));
  }

  /** From the last to the first: the decoder gives what it did not read to those behind it. */
  static void removeHttp(ChannelPipeline pipeline) {
    for (String name : List.of(HANDLER, READER, ENCODER, DECODER)) {
      pipeline.remove(name);
    }
  }

  /** A peer that was gone before it was looked at has no address any more. */
  private static InetAddress peerOf(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress address
            && address.getAddress() != null
        ? address.getAddress()
        : Forwarded.UNKNOWN;
  }

  private static InetSocketAddress localOf(Channel channel) {
    return channel.localAddress() instanceof InetSocketAddress address
        ? address
        : new InetSocketAddress(Forwarded.UNKNOWN, 0);
  }
}
