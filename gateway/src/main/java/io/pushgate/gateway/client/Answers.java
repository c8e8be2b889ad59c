package io.pushgate.gateway.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.pushgate.gateway.client.StaticFiles.StaticFile;
import java.util.Optional;
import java.util.stream.Collectors;

/** The answers of the public port, as heads and bodies, and what all of them carry. Any thread. */
final class Answers {
  private static final String NODE = "X-Pushgate-Gateway";

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String EXPOSED = "Retry-After, X-Pushgate-Gateway";
  private static final String ASKED_FOR =
      "Authorization, Content-Type, Last-Event-ID, X-Pushgate-Probe";
  private static final int PREFLIGHT_SECONDS = 600;

  private final String node;
  private final AllowedPage allowedPage;

  Answers(String node, AllowedPage allowedPage) {
    this.node = node;
    this.allowedPage = allowedPage;
  }

  /** Puts on what every answer carries, CORS too where the page is allowed. */
  void dress(HttpResponse answer, Optional<PublicRequest> request) {
    HttpHeaders headers = answer.headers();
    headers.set(NODE, node);
    headers.set("x-content-type-options", "nosniff");
    if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
      headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
    }
    request.ifPresent(
        asked -> {
          headers.set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
          allowedPage.allowedOrigin(asked).ifPresent(origin -> allow(headers, origin));
        });
  }

  HttpResponse switchingProtocols(PublicRequest request) {
    HttpResponse answer = head(HttpResponseStatus.SWITCHING_PROTOCOLS);
    HttpHeaders headers = answer.headers();
    // Spelt as in the RFC: there are clients that compare these by their case.
    headers.set("Upgrade", HttpHeaderValues.WEBSOCKET);
    headers.set("Connection", "Upgrade");
    headers.set("Sec-WebSocket-Accept", Upgrade.accept(request));
    if (Upgrade.offersProtocol(request)) {
      headers.set("Sec-WebSocket-Protocol", Upgrade.SUBPROTOCOL);
    }
    return answer;
  }

  /** What a client waits for before it sends a body. */
  FullHttpResponse goOn() {
    FullHttpResponse answer = full(HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    answer.headers().set(NODE, node);
    return answer;
  }

  /** The head of a stream that lasts as long as the connection. */
  HttpResponse eventStream() {
    HttpResponse answer = head(HttpResponseStatus.OK);
    answer.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
    answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    answer.headers().set("x-accel-buffering", "no");
    return answer;
  }

  FullHttpResponse noContent() {
    return full(HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
  }

  FullHttpResponse json(byte[] body) {
    FullHttpResponse answer = full(HttpResponseStatus.OK, Unpooled.wrappedBuffer(body));
    answer.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    answer.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    return answer;
  }

  /** What a browser asks before a request that a plain form could not make. */
  FullHttpResponse preflight(Endpoint endpoint) {
    FullHttpResponse answer = noContent();
    String methods = endpoint.methods().stream().sorted().collect(Collectors.joining(", "));
    HttpHeaders headers = answer.headers();
    headers.set(HttpHeaderNames.ALLOW, methods);
    headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, methods);
    headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, ASKED_FOR);
    headers.setInt(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
    return answer;
  }

  /** A file, or that it did not change since the browser last asked. */
  FullHttpResponse file(StaticFile file, PublicRequest request) {
    String known = request.headers().get(HttpHeaderNames.IF_NONE_MATCH, "");
    boolean unchanged = known.contains(file.etag());
    FullHttpResponse answer =
        full(
            unchanged ? HttpResponseStatus.NOT_MODIFIED : HttpResponseStatus.OK,
            unchanged ? Unpooled.EMPTY_BUFFER : file.content().duplicate());
    HttpHeaders headers = answer.headers();
    headers.set(HttpHeaderNames.ETAG, file.etag());
    headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE);
    headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    headers.set("referrer-policy", "no-referrer");
    headers.set(HttpHeaderNames.CONTENT_TYPE, file.type());
    if (!unchanged) {
      headers.setInt(HttpHeaderNames.CONTENT_LENGTH, file.content().readableBytes());
    }
    return answer;
  }

  private static void allow(HttpHeaders headers, String origin) {
    headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    headers.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
  }

  private static HttpResponse head(HttpResponseStatus status) {
    return new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
  }

  private static FullHttpResponse full(HttpResponseStatus status, ByteBuf body) {
    return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
  }
}
