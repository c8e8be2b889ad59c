package io.pushgate.gateway.ingress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.protocol.ingress.NackCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP form on one connection: one request at a time; what a pipelining client sent behind it
 * waits here, and the rest of it in the kernel. <em>Event loop only.</em>
 */
final class PushEndpoint extends ChannelInboundHandlerAdapter {

  private enum Stage {
    /** Between two requests. */
    IDLE,
    /** A call takes its body. */
    RECEIVING,
    /** A call has its body and waits for its answers. */
    ANSWERING,
    /** The last answer was written. */
    LEAVING
  }

  private static final Problem DRAINING =
      Problem.of(ProblemCode.DRAINING, "the gateway is shutting down");

  private final Channel channel;
  private final IngressContext context;
  private final UnfinishedDeadline deadline;
  private final Deque<HttpObject> waiting = new ArrayDeque<>();
  private Stage stage = Stage.IDLE;
  private @Nullable PushCall call;
  private boolean peerEnded;
  private boolean draining;
  private boolean advancing;
  private boolean reading = true;

  /** Part of a request's head is here; the decoder keeps it until it is whole. */
  private boolean headBegun;

  private long requests;

  /** Whoever is here was let in: with one good request, or because everybody is. */
  private final HandshakeDeadline handshake;

  private boolean known;

  /**
   * @param handshake is met by the first request that is let in
   */
  PushEndpoint(Channel channel, IngressContext context, HandshakeDeadline handshake) {
    this.channel = channel;
    this.context = context;
    this.handshake = handshake;
    this.known = context.access().isOpen();
    this.deadline = new UnfinishedDeadline(channel.eventLoop(), this::expire);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (stage == Stage.LEAVING) {
      ReferenceCountUtil.release(message);
    } else {
      waiting.add((HttpObject) message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    headBegun |= stage == Stage.IDLE && waiting.isEmpty();
    advance();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable()) {
      advance();
    } else {
      context.metrics().limitHit("ingress-unsent-answers");
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (PeerEnd.is(event)) {
      peerEnded = true;
      advance();
    } else if (event == IngressConnections.Signal.DRAIN) {
      draining = true;
      if (call != null) {
        call.drain();
      }
      advance();
    } else if (event == IngressConnections.Signal.LATE) {
      expire();
    } else if (event == IngressConnections.Signal.LOOK) {
      advance();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    deadline.cancel();
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    if (call != null) {
      call.close();
      call = null;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Failures.close(ctx, cause);
  }

  /** Goes on as far as it can, in a loop however many requests wait: their calls end in here. */
  private void advance() {
    assert channel.eventLoop().inEventLoop();
    if (advancing || stage == Stage.LEAVING) {
      return;
    }
    advancing = true;
    try {
      do {
        answerFinished();
      } while (takeWaiting());
    } finally {
      advancing = false;
    }
    channel.flush();
    readOrLeave();
  }

  private void answerFinished() {
    PushCall current = call;
    if (current == null) {
      return;
    }
    current.turn();
    if (current.isFinished()) {
      call = null;
      boolean keepAlive = current.keepsAlive();
      if (current.isEmpty()) {
        refuse(Problem.of(ProblemCode.BAD_REQUEST, "the body holds no request"), keepAlive);
      } else {
        write(current.response(), keepAlive);
      }
      current.close();
    }
  }

  /** Answers whether anything was taken. */
  private boolean takeWaiting() {
    boolean some = false;
    while (stage == Stage.RECEIVING || (stage == Stage.IDLE && channel.isWritable())) {
      HttpObject next = waiting.poll();
      if (next == null) {
        break;
      }
      some = true;
      try {
        take(next);
      } finally {
        ReferenceCountUtil.release(next);
      }
    }
    return some;
  }

  private void take(HttpObject part) {
    if (part instanceof HttpRequest request) {
      headBegun = false;
      requests++;
      begin(request);
    } else if (part instanceof HttpContent content && call != null) {
      call.arrived(content);
      if (content instanceof LastHttpContent) {
        stage = Stage.ANSWERING;
      }
    }
  }

  private void begin(HttpRequest request) {
    Optional<Problem> problem =
        draining ? Optional.of(DRAINING) : PushRequest.problem(request, context.access());
    if (problem.isPresent()) {
      // Whom nobody knows is not kept: his next request may cost him no more than this one did.
      refuse(problem.get(), known && !draining && PushRequest.isReusable(request));
      return;
    }
    known = true;
    handshake.met();
    if (HttpUtil.is100ContinueExpected(request)) {
      channel.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
    call = new PushCall(channel, request, context, PushRequest.publisher(request), this::advance);
    stage = Stage.RECEIVING;
  }

  private void refuse(Problem problem, boolean keepAlive) {
    context.metrics().publisherRefused(problem.code().code());
    FullHttpResponse response = problem.response();
    HttpUtil.setKeepAlive(response, keepAlive);
    write(response, keepAlive);
  }

  private void write(FullHttpResponse response, boolean keepAlive) {
    channel.write(response);
    stage = keepAlive ? Stage.IDLE : Stage.LEAVING;
  }

  private void readOrLeave() {
    // A flush may have made the channel writable again, and so have led to the end.
    if (channel.pipeline().context(this) == null) {
      return;
    }
    if (peerEnded && stage == Stage.RECEIVING && call != null) {
      stage = Stage.ANSWERING;
      call.abort(NackCode.BAD_REQUEST, "body: the connection ended inside it");
      advance();
      return;
    }
    boolean last = (peerEnded || draining) && waiting.isEmpty();
    if (stage == Stage.LEAVING || (stage == Stage.IDLE && last)) {
      leave();
      return;
    }
    IngressRoom room = context.connections().room();
    boolean wanted = call == null ? channel.isWritable() && room.isOpenTo(0) : call.wantsMore();
    if (wanted != reading) {
      reading = wanted;
      channel.config().setAutoRead(wanted);
    }
    // Also who does not read his answers has only so much time for it.
    boolean awaited = call == null ? !room.isShut() : call.awaitsPeer();
    deadline.watch(awaited, requests + (headBegun ? 1 : 0) + (call == null ? 0 : call.decoded()));
  }

  private void expire() {
    if (call != null) {
      context.metrics().limitHit("ingress-unfinished-request");
      stage = Stage.ANSWERING;
      call.abort(NackCode.BAD_REQUEST, UnfinishedDeadline.message());
      advance();
    } else if (headBegun) {
      refuse(Problem.of(ProblemCode.TIMEOUT, "the request's head took too long"), false);
      leave();
    } else {
      leave();
    }
  }

  private void leave() {
    stage = Stage.LEAVING;
    channel.pipeline().replace(this, "farewell", new Farewell(peerEnded));
  }
}
