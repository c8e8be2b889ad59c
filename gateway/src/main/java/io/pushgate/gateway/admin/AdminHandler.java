package io.pushgate.gateway.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import io.pushgate.gateway.http.FaultyRequest;
import io.pushgate.gateway.http.Forwarded;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.http.RequestFaults;
import io.pushgate.gateway.http.StrictRequestDecoder;
import io.pushgate.gateway.metrics.Metrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the admin port: takes a request, answers it, takes the next. Event loop only.
 */
final class AdminHandler extends SimpleChannelInboundHandler<Object> {
  private static final Logger log = LoggerFactory.getLogger(AdminHandler.class);

  private enum State {
    /** The next request has not arrived, or not all of it. */
    RECEIVING,
    /** A whole request waits for its answer, or its answer for the peer; nothing is read. */
    ANSWERING,
    /** The last answer is on its way. */
    LEAVING
  }

  private final StrictRequestDecoder decoder;
  private final AdminRoutes routes;
  private final Metrics metrics;

  private State state = State.RECEIVING;
  private @Nullable HttpRequest request;
  private @Nullable Future<?> deadline;

  AdminHandler(StrictRequestDecoder decoder, AdminRoutes routes, Metrics metrics) {
    this.decoder = decoder;
    this.routes = routes;
    this.metrics = metrics;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    limit(ctx, AdminLimits.REQUEST_SECONDS);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, Object part) {
    if (state != State.RECEIVING) {
      return;
    }
    if (part instanceof FaultyRequest faulty) {
      leave(ctx, faulty.problem());
    }
    if (part instanceof HttpRequest head) {
      request = head;
      RequestFaults.problem(head).ifPresent(fault -> leave(ctx, fault));
    }
    if (part instanceof HttpContent content && request != null && state == State.RECEIVING) {
      received(ctx, request, content);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    noLimit();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      log.error("an admin connection failed", cause);
    }
    ctx.close();
  }

  private void received(ChannelHandlerContext ctx, HttpRequest whole, HttpContent content) {
    if (content.content().isReadable()) {
      leave(ctx, Problem.of(ProblemCode.TOO_LARGE, "no request of this port has a body"));
    } else if (content instanceof LastHttpContent) {
      state = State.ANSWERING;
      request = null;
      ctx.channel().config().setAutoRead(false);
      limit(ctx, AdminLimits.ANSWER_SECONDS);
      routes
          .answer(whole, peerOf(ctx))
          .whenComplete(
              (answer, failure) ->
                  ctx.executor().execute(() -> answered(ctx, whole, answer, failure)));
    }
  }

  /** A peer that was gone before it was looked at has no address any more. */
  private static InetAddress peerOf(ChannelHandlerContext ctx) {
    return ctx.channel().remoteAddress() instanceof InetSocketAddress address
            && address.getAddress() != null
        ? address.getAddress()
        : Forwarded.UNKNOWN;
  }

  private void answered(
      ChannelHandlerContext ctx,
      HttpRequest whole,
      @Nullable FullHttpResponse answer,
      @Nullable Throwable failure) {
    if (state != State.ANSWERING) {
      return;
    }
    if (answer == null) {
      log.error("an admin request failed", failure);
      leave(ctx, Problem.of(ProblemCode.INTERNAL, "a defect of the gateway; its log tells more"));
      return;
    }
    boolean keepAlive = HttpUtil.isKeepAlive(whole);
    HttpUtil.setKeepAlive(answer, keepAlive);
    boolean bodiless = whole.method().equals(HttpMethod.HEAD);
    boolean accepted = answer.status().equals(HttpResponseStatus.ACCEPTED);
    ChannelFuture told =
        ctx.writeAndFlush(bodiless ? answer.replace(Unpooled.EMPTY_BUFFER) : answer);
    if (accepted) {
      told.addListener(written -> routes.carryOut());
    }
    told.addListener(keepAlive ? written -> next(ctx) : ChannelFutureListener.CLOSE);
  }

  private void next(ChannelHandlerContext ctx) {
    if (state == State.ANSWERING && ctx.channel().isActive()) {
      state = State.RECEIVING;
      limit(ctx, AdminLimits.REQUEST_SECONDS);
      ctx.channel().config().setAutoRead(true);
      decoder.next();
    }
  }

  /** Refuses what cannot be told from a next request, and ends the connection. */
  private void leave(ChannelHandlerContext ctx, Problem problem) {
    state = State.LEAVING;
    decoder.stop();
    limit(ctx, AdminLimits.ANSWER_SECONDS);
    FullHttpResponse answer = problem.response();
    HttpUtil.setKeepAlive(answer, false);
    ctx.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
  }

  /** The one deadline of a connection: for its next request, or for an answer to be taken. */
  private void limit(ChannelHandlerContext ctx, int seconds) {
    noLimit();
    deadline = ctx.executor().schedule(() -> expired(ctx), seconds, TimeUnit.SECONDS);
  }

  private void noLimit() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  private void expired(ChannelHandlerContext ctx) {
    if (state != State.RECEIVING) {
      metrics.limitHit("admin-answer-time");
      ctx.close();
    } else if (decoder.isAmidRequest()) {
      metrics.limitHit("admin-request-time");
      leave(ctx, Problem.of(ProblemCode.TIMEOUT, "the request took too long"));
    } else {
      ctx.close();
    }
  }
}
