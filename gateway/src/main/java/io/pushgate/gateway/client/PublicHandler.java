package io.pushgate.gateway.client;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.pushgate.gateway.client.witness.Arrival;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of one connection: refuses, or lets the endpoint have them. Event loop only.
 */
final class PublicHandler extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(PublicHandler.class);

  private final PublicPort port;
  private final Responder responder;

  PublicHandler(PublicPort port, Responder responder) {
    this.port = port;
    this.responder = responder;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof PublicRequest request) {
      probe(request);
      port.gate()
          .objection(request)
          .ifPresentOrElse(problem -> refuse(ctx, request, problem), () -> serve(ctx, request));
    } else if (message instanceof Rejected rejected) {
      rejected.request().ifPresent(this::probe);
      responder.answerAndClose(
          ctx, port.refusal(rejected.problem(), rejected.peer(), rejected.request()));
    } else {
      throw new IllegalStateException("no request: " + message.getClass());
    }
  }

  private void probe(PublicRequest request) {
    port.probes().record(request.head(), request.forwarded(), request.peer());
  }

  private void serve(ChannelHandlerContext ctx, PublicRequest request) {
    Route route = request.route().orElseThrow();
    if (request.isPreflight()) {
      answer(ctx, request, port.answers().preflight(route.endpoint()));
      return;
    }
    switch (route.endpoint()) {
      case WEBSOCKET -> port.sessions().openWebSocket(ctx, request);
      case SSE -> port.sessions().openEventStream(ctx, request);
      case ECHO -> port.sessions().openEcho(ctx, request);
      case ACK -> acknowledge(ctx, request);
      case PROBE -> probe(ctx, request, route);
      case FILE -> answer(ctx, request, port.answers().file(port.file(route), request));
    }
  }

  private void probe(ChannelHandlerContext ctx, PublicRequest request, Route route) {
    List<Arrival> arrivals = port.probes().of(route.segment());
    if (arrivals.isEmpty()) {
      refuse(
          ctx,
          request,
          Problem.of(ProblemCode.NOT_FOUND, "no request with this nonce in the last minute"));
    } else {
      answer(ctx, request, port.answers().json(ProbeReport.write(arrivals)));
    }
  }

  private void acknowledge(ChannelHandlerContext ctx, PublicRequest request) {
    // Until the answer is known nothing more is read, so that a connection holds one request.
    ctx.channel().config().setAutoRead(false);
    port.postedAcks()
        .take(request)
        .thenAcceptAsync(
            problem -> {
              ctx.channel().config().setAutoRead(true);
              problem.ifPresentOrElse(
                  found -> refuse(ctx, request, found),
                  () -> answer(ctx, request, port.answers().noContent()));
            },
            ctx.executor());
  }

  private void refuse(ChannelHandlerContext ctx, PublicRequest request, Problem problem) {
    FullHttpResponse refusal = port.refusal(problem, request.peer(), Optional.of(request));
    boolean closes =
        request.hasUpgrade()
            || request.hasBody()
            || WellFormed.faultOfHttp(request).isPresent()
            || problem.code() == ProblemCode.OVERLOADED
            || problem.code() == ProblemCode.DRAINING;
    end(ctx, request, refusal, closes);
  }

  private void answer(ChannelHandlerContext ctx, PublicRequest request, FullHttpResponse answer) {
    port.answers().dress(answer, Optional.of(request));
    end(ctx, request, answer, false);
  }

  private void end(
      ChannelHandlerContext ctx, PublicRequest request, FullHttpResponse answer, boolean closes) {
    boolean lives =
        !closes
            && request.head().protocolVersion().equals(HttpVersion.HTTP_1_1)
            && HttpUtil.isKeepAlive(request.head());
    boolean bodiless = request.head().method().equals(HttpMethod.HEAD);
    request.ticket().answered();
    FullHttpResponse sent = bodiless ? answer.replace(Unpooled.EMPTY_BUFFER) : answer;
    if (lives) {
      responder.answer(ctx, sent);
    } else {
      responder.answerAndClose(ctx, sent);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      // A peer that is gone is everyday life.
      log.debug("connection of the public port failed: {}", cause.toString());
    } else {
      log.error("request of the public port failed", cause);
    }
    ctx.close();
  }
}
