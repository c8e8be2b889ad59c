package io.pushgate.gateway.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.pushgate.gateway.http.FaultyRequest;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.http.StrictRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Puts each request together, with at most 1 KiB of body and within the handshake timeout, and
 * hands on a {@link PublicRequest}, or a {@link Rejected} and then nothing more. The time runs from
 * the accept, or from the answer to the request before, to the answer. Event loop only, one for
 * each connection.
 */
final class RequestReader extends ChannelInboundHandlerAdapter {
  static final int MAX_BODY = 1024;

  private final RequestFactory factory;
  private final StrictRequestDecoder decoder;
  private final Answers answers;
  private final long timeoutMillis;

  private @Nullable ScheduledFuture<?> deadline;
  private @Nullable HttpRequest head;
  private @Nullable ByteBuf body;
  private boolean first = true;

  RequestReader(
      RequestFactory factory, StrictRequestDecoder decoder, Answers answers, long timeoutMillis) {
    this.factory = factory;
    this.decoder = decoder;
    this.answers = answers;
    this.timeoutMillis = timeoutMillis;
  }

  /** Reads the next request: the answer to the last one is written. */
  void next(ChannelHandlerContext ctx) {
    first = false;
    arm(ctx);
    decoder.next();
  }

  /** Reads no further request, and lets the connection take its time. */
  void stop() {
    decoder.stop();
    disarm();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    arm(ctx);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    disarm();
    forget();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof FaultyRequest faulty) {
        head = faulty.head();
        reject(ctx, faulty.problem());
      }
      if (message instanceof HttpRequest request) {
        begin(ctx, request);
      }
      if (message instanceof HttpContent content && head != null) {
        add(ctx, content.content());
      }
      if (message instanceof LastHttpContent && head != null) {
        finish(ctx, head);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    head = request;
    boolean hasBody = PublicRequest.hasBody(request.headers());
    if (HttpUtil.getContentLength(request, 0L) > MAX_BODY) {
      reject(ctx, tooLarge());
    } else if (hasBody && request.headers().contains(HttpHeaderNames.UPGRADE)) {
      // Told at once, as the body of a mistaken upgrade may never come.
      reject(ctx, Problem.of(ProblemCode.BAD_REQUEST, "an upgrade has no body"));
    } else if (hasBody && HttpUtil.is100ContinueExpected(request)) {
      ctx.writeAndFlush(answers.goOn());
    }
  }

  private void add(ChannelHandlerContext ctx, ByteBuf content) {
    if (!content.isReadable()) {
      return;
    }
    if (body == null) {
      body = ctx.alloc().heapBuffer(MAX_BODY, MAX_BODY);
    }
    if (content.readableBytes() <= body.writableBytes()) {
      body.writeBytes(content);
    } else {
      reject(ctx, tooLarge());
    }
  }

  private void finish(ChannelHandlerContext ctx, HttpRequest whole) {
    String bytes = body == null ? "" : body.toString(StandardCharsets.ISO_8859_1);
    PublicRequest request = factory.of(whole, bytes);
    forget();
    ctx.fireChannelRead(request);
  }

  private void reject(ChannelHandlerContext ctx, Problem problem) {
    Optional<PublicRequest> request = Optional.ofNullable(head).map(known -> factory.of(known, ""));
    decoder.stop();
    forget();
    ctx.fireChannelRead(new Rejected(problem, factory.peer(), request));
  }

  private void expire(ChannelHandlerContext ctx) {
    deadline = null;
    boolean idle = !first && !decoder.isAmidRequest();
    if (idle || decoder.isHeld()) {
      // Between two requests nobody waits for an answer; during one, it could not be written.
      ctx.close();
    } else {
      reject(
          ctx, Problem.of(ProblemCode.TIMEOUT, "no whole request within " + timeoutMillis + " ms"));
    }
  }

  private void arm(ChannelHandlerContext ctx) {
    disarm();
    deadline = ctx.executor().schedule(() -> expire(ctx), timeoutMillis, TimeUnit.MILLISECONDS);
  }

  private void disarm() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  private void forget() {
    head = null;
    if (body != null) {
      body.release();
      body = null;
    }
  }

  private static Problem tooLarge() {
    return Problem.of(ProblemCode.TOO_LARGE, "a body holds at most " + MAX_BODY + " bytes");
  }
}
