package io.pushgate.gateway.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.pushgate.gateway.http.StrictRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Stands where the port's handler does and writes down what reaches it: requests, until one has an
 * upgrade; behind that all bytes. One thread.
 */
final class HttpRecorder extends ChannelInboundHandlerAdapter {
  private final Gate gate;
  private final StrictRequestDecoder decoder;
  private final RequestReader reader;
  private final List<HttpSeen> seen = new ArrayList<>();
  private boolean accepted;

  HttpRecorder(Gate gate, StrictRequestDecoder decoder, RequestReader reader) {
    this.gate = gate;
    this.decoder = decoder;
    this.reader = reader;
  }

  List<HttpSeen> seen() {
    return List.copyOf(seen);
  }

  /** Whether the gate let the upgrade pass. */
  boolean accepted() {
    return accepted;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof PublicRequest request) {
      take(ctx, request);
    } else if (message instanceof Rejected rejected) {
      seen.add(new HttpSeen.Refusal(Set.of(rejected.problem().code())));
    } else {
      takeBehind((ByteBuf) message);
    }
  }

  private void take(ChannelHandlerContext ctx, PublicRequest request) {
    seen.add(seen(request));
    boolean passes = gate.objection(request).isEmpty();
    if (request.hasUpgrade()) {
      accepted = passes;
      // As a good handshake does it: what the decoder did not read then comes here.
      ctx.pipeline().remove(reader);
      ctx.pipeline().remove(decoder);
    } else {
      reader.next(ctx);
    }
  }

  private void takeBehind(ByteBuf bytes) {
    HttpSeen.Request upgrade = (HttpSeen.Request) seen.remove(seen.size() - 1);
    String behind = upgrade.behind() + bytes.toString(StandardCharsets.ISO_8859_1);
    seen.add(new HttpSeen.Request(upgrade.line(), upgrade.headers(), upgrade.body(), behind));
    bytes.release();
  }

  private static HttpSeen seen(PublicRequest request) {
    String line =
        request.head().method()
            + " "
            + request.head().uri()
            + " "
            + request.head().protocolVersion();
    List<String> headers =
        request.headers().entries().stream()
            .map(header -> header.getKey() + ":" + header.getValue())
            .toList();
    return new HttpSeen.Request(line, headers, request.body(), "");
  }
}
