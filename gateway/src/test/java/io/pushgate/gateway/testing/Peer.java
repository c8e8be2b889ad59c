package io.pushgate.gateway.testing;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The gateway's end of one connection, in the hands of a test; any thread. */
public final class Peer {
  private final Channel channel;
  private final String uri;
  private final HttpHeaders headers;
  private final boolean isWebSocket;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  Peer(Channel channel, String uri, HttpHeaders headers, boolean isWebSocket) {
    this.channel = channel;
    this.uri = uri;
    this.headers = headers;
    this.isWebSocket = isWebSocket;
  }

  /** The request's target as it was sent. */
  public String uri() {
    return uri;
  }

  public String header(String name) {
    return headers.get(name, "");
  }

  /** The first frame of a session, from the start of both journals. */
  public Peer welcome(boolean resumed) {
    return welcome(resumed, 25);
  }

  /** The same with a heartbeat so short that the page leaves soon where nothing comes. */
  public Peer welcomeToSilence() {
    return welcome(false, 1);
  }

  private Peer welcome(boolean resumed, int heartbeatSeconds) {
    return send(
        """
        {"op":"welcome","user":"x","session":"s","cursor":"u0,e0","resumed":%s,"heartbeat":%d}"""
            .formatted(resumed, heartbeatSeconds));
  }

  public Peer notification(String cursor, String id) {
    return send(
        """
        {"op":"notification","cursor":"%s","id":"%s","ts":1763793600123,"data":{"of":"%s"}}"""
            .formatted(cursor, id, id));
  }

  /** Sends a frame, whose first field is its op. */
  public Peer send(String frame) {
    String op = frame.split("\"", -1)[3];
    channel.writeAndFlush(isWebSocket ? new TextWebSocketFrame(frame) : event(op, frame));
    return this;
  }

  /** A bare text on a WebSocket, such as {@code pong}. */
  public void text(String text) {
    channel.writeAndFlush(new TextWebSocketFrame(text));
  }

  /** Ends an event stream with the name of a close code. */
  public void endWith(String name) {
    String frame = "{\"op\":\"error\",\"code\":\"%s\"}".formatted(name);
    channel.writeAndFlush(event("error", frame)).addListener(ChannelFutureListener.CLOSE);
  }

  public void close(int code) {
    channel
        .writeAndFlush(new CloseWebSocketFrame(code, ""))
        .addListener(ChannelFutureListener.CLOSE);
  }

  /** Ends the connection without a word, as a proxy does. */
  public void cut() {
    channel.close();
  }

  /** The next text that the client sent. */
  public String hear() {
    return ScriptedGateway.take(heard, "the client said nothing");
  }

  void said(String text) {
    heard.add(text);
  }

  private static DefaultHttpContent event(String name, String data) {
    String event = "event: %s\ndata: %s\n\n".formatted(name, data);
    return new DefaultHttpContent(Unpooled.copiedBuffer(event, StandardCharsets.UTF_8));
  }
}
