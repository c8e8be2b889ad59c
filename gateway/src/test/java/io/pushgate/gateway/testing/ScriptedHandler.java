package io.pushgate.gateway.testing;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.pushgate.gateway.testing.ScriptedGateway.Answer;
import io.pushgate.gateway.testing.ScriptedGateway.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** One connection to a {@link ScriptedGateway}; event loop only. */
final class ScriptedHandler extends SimpleChannelInboundHandler<Object> {
  private static final String API = "/api/v1/notifications/";

  private final ScriptedGateway gateway;
  private @Nullable Peer peer;

  ScriptedHandler(ScriptedGateway gateway) {
    this.gateway = gateway;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, Object message) {
    Peer connected = peer;
    if (message instanceof FullHttpRequest request) {
      answer(ctx, request);
    } else if (message instanceof TextWebSocketFrame frame && connected != null) {
      connected.said(frame.text());
    }
  }

  private void answer(ChannelHandlerContext ctx, FullHttpRequest request) {
    String uri = request.uri();
    boolean isHandshake = request.headers().contains(HttpHeaderNames.UPGRADE);
    Answer refusal = isHandshake ? gateway.handshakeAnswer() : null;
    if (refusal != null) {
      send(ctx, refusal);
    } else if (isHandshake) {
      openWebSocket(ctx, request);
    } else if (uri.startsWith(API + "sse/")) {
      openEventStream(ctx, request);
    } else if (uri.startsWith(API)) {
      String body = request.content().toString(UTF_8);
      send(ctx, gateway.plainAnswer(new Request(request.method().name(), uri, body)));
    } else {
      send(ctx, file(uri));
    }
  }

  private void openWebSocket(ChannelHandlerContext ctx, FullHttpRequest request) {
    Peer opened = peer(ctx, request, true);
    new WebSocketServerHandshakerFactory("ws://unused", "pushgate.v1", false)
        .newHandshaker(request)
        .handshake(ctx.channel(), request)
        .addListener(done -> gateway.connected(opened));
  }

  private void openEventStream(ChannelHandlerContext ctx, FullHttpRequest request) {
    Peer opened = peer(ctx, request, false);
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers().set(CONTENT_TYPE, "text/event-stream");
    // Ends with the connection, as the gateway's: behind chunks that do not end, a browser drops
    // what it has not read yet.
    HttpUtil.setKeepAlive(head, false);
    ctx.writeAndFlush(head);
    gateway.connected(opened);
  }

  private Peer peer(ChannelHandlerContext ctx, FullHttpRequest request, boolean isWebSocket) {
    Peer made = new Peer(ctx.channel(), request.uri(), request.headers().copy(), isWebSocket);
    peer = made;
    return made;
  }

  private static Answer file(String uri) {
    if (uri.equals("/demo.json")) {
      return new Answer(200, "application/json", "{\"ingress\":\"127.0.0.1:8001\"}");
    }
    String path = uri.equals("/") ? "/index.html" : uri;
    String name = path.startsWith("/browser/") ? path : "/web" + path;
    try (InputStream file = ScriptedHandler.class.getResourceAsStream(name)) {
      return file == null
          ? new Answer(404, "text/plain", "")
          : new Answer(200, contentType(path), new String(file.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String contentType(String path) {
    return switch (path.substring(path.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "json" -> "application/json";
      default -> "image/svg+xml";
    };
  }

  private static void send(ChannelHandlerContext ctx, Answer answer) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.copiedBuffer(answer.body(), UTF_8));
    HttpHeaders headers = response.headers();
    headers.set(CONTENT_TYPE, answer.contentType());
    headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    HttpUtil.setContentLength(response, response.content().readableBytes());
    ctx.writeAndFlush(response);
  }
}
