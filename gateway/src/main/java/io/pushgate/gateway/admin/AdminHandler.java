package io.pushgate.gateway.admin;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.http.RequestFaults;
import io.pushgate.gateway.metrics.Metrics;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the admin port: takes a request, answers it, asks for the next. Event loop
 * only.
 */
final class AdminHandler extends SimpleChannelInboundHandler<HttpObject> {
  private static final Logger log = LoggerFactory.getLogger(AdminHandler.class);

  private enum State {
    /** Nothing of the next request was read. */
    IDLE,
    /** A request's head is here, its end is not. */
    RECEIVING,
    /** A whole request waits for its answer, or its answer for the peer. */
    ANSWERING,
    /** The last answer is on its way; whatever else comes is not looked at. */
    LEAVING
  }

  private final AdminRoutes routes;
  private final Metrics metrics;

  private State state = State.IDLE;
  private @Nullable HttpRequest request;
  private @Nullable Future<?> deadline;

  AdminHandler(AdminRoutes routes, Metrics metrics) {
    this.routes = routes;
    this.metrics = metrics;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    await(ctx, AdminLimits.REQUEST_SECONDS);
    ctx.read();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
    if (state == State.LEAVING) {
      return;
    }
    if (part instanceof HttpRequest head) {
      state = State.RECEIVING;
      request = head;
      Optional<Problem> fault = RequestFaults.problem(head);
      if (fault.isPresent()) {
        leave(ctx, fault.get());
        return;
      }
    }
    if (part instanceof HttpContent content && request != null) {
      received(ctx, request, content);
    } else {
      ctx.read();
    }
  }

  // The valve forgets that it was asked where a read brought less than a message.
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (state == State.IDLE || state == State.RECEIVING) {
      ctx.read();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stopWaiting();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      log.error("an admin connection failed", cause);
    }
    ctx.close();
  }

  private void received(ChannelHandlerContext ctx, HttpRequest whole, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      leave(ctx, RequestFaults.problem(content.decoderResult().cause()));
    } else if (content.content().isReadable()) {
      leave(ctx, Problem.of(ProblemCode.TOO_LARGE, "no request of this port has a body"));
    } else if (content instanceof LastHttpContent) {
      state = State.ANSWERING;
      request = null;
      await(ctx, AdminLimits.ANSWER_SECONDS);
      routes
          .answer(whole)
          .whenComplete(
              (answer, failure) ->
                  ctx.executor().execute(() -> answered(ctx, whole, answer, failure)));
    } else {
      ctx.read();
    }
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
    } else if (HttpUtil.isKeepAlive(whole)) {
      HttpUtil.setKeepAlive(answer, true);
      ctx.writeAndFlush(answer).addListener(written -> next(ctx));
    } else {
      state = State.LEAVING;
      HttpUtil.setKeepAlive(answer, false);
      ctx.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void next(ChannelHandlerContext ctx) {
    if (state == State.ANSWERING) {
      state = State.IDLE;
      await(ctx, AdminLimits.REQUEST_SECONDS);
      ctx.read();
    }
  }

  /** Refuses what cannot be told from the next request any more, and ends the connection. */
  private void leave(ChannelHandlerContext ctx, Problem problem) {
    state = State.LEAVING;
    FullHttpResponse answer = problem.response();
    HttpUtil.setKeepAlive(answer, false);
    ctx.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
  }

  private void await(ChannelHandlerContext ctx, int seconds) {
    stopWaiting();
    deadline = ctx.executor().schedule(() -> expired(ctx), seconds, TimeUnit.SECONDS);
  }

  private void stopWaiting() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  private void expired(ChannelHandlerContext ctx) {
    switch (state) {
      case RECEIVING -> {
        metrics.limitHit("admin-request-time");
        leave(ctx, Problem.of(ProblemCode.TIMEOUT, "the request took too long"));
        await(ctx, AdminLimits.ANSWER_SECONDS);
      }
      case ANSWERING, LEAVING -> {
        metrics.limitHit("admin-answer-time");
        ctx.close();
      }
      case IDLE -> ctx.close();
    }
  }
}
