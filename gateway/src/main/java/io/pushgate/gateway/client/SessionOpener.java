package io.pushgate.gateway.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponse;
import io.pushgate.gateway.auth.RejectedTokenException;
import io.pushgate.gateway.auth.TokenLease;
import io.pushgate.gateway.broker.Start;
import io.pushgate.gateway.client.witness.Proxies;
import io.pushgate.gateway.routing.Router;
import io.pushgate.gateway.session.Ending;
import io.pushgate.gateway.session.Lease;
import io.pushgate.gateway.session.SessionRequest;
import io.pushgate.gateway.session.SessionRequest.Format;
import io.pushgate.gateway.transport.Transport;
import io.pushgate.gateway.transport.Wire;
import java.util.Optional;

/**
 * Answers a good handshake and gives its connection to a session: the handlers of HTTP leave, what
 * came behind the handshake stays. Any thread may hold it; each call on the connection's loop.
 */
final class SessionOpener {
  private static final String LAST_EVENT_ID = "last-event-id";
  private static final String AFTER = "after";

  private final Transport transport;
  private final Router router;
  private final Answers answers;
  private final Refusals refusals;
  private final Proxies proxies;

  SessionOpener(
      Transport transport, Router router, Answers answers, Refusals refusals, Proxies proxies) {
    this.transport = transport;
    this.router = router;
    this.answers = answers;
    this.refusals = refusals;
    this.proxies = proxies;
  }

  void openWebSocket(ChannelHandlerContext ctx, PublicRequest request) {
    String after = request.parameter(AFTER).orElse("");
    open(ctx, request, answers.switchingProtocols(request), after, Format.WEBSOCKET);
  }

  void openEcho(ChannelHandlerContext ctx, PublicRequest request) {
    Echo.over(answer(ctx, request, answers.switchingProtocols(request)));
  }

  /** A browser that comes back sends the old URL again; what it read since is in the header. */
  void openEventStream(ChannelHandlerContext ctx, PublicRequest request) {
    String after =
        Optional.of(request.headers().get(LAST_EVENT_ID, ""))
            .filter(id -> !id.isEmpty())
            .or(() -> request.parameter(AFTER))
            .orElse("");
    open(ctx, request, answers.eventStream(), after, Format.SSE);
  }

  private void open(
      ChannelHandlerContext ctx,
      PublicRequest request,
      HttpResponse answer,
      String after,
      Format format) {
    router.attach(
        answer(ctx, request, answer),
        new SessionRequest(
            NamedUser.of(request),
            Start.parse(after),
            WellFormed.window(request),
            format,
            request.client(),
            ending(request, format),
            lease(request)));
  }

  /** The head is the last that HTTP says here; what follows is the wire's. */
  private Wire answer(ChannelHandlerContext ctx, PublicRequest request, HttpResponse answer) {
    request.ticket().answered();
    refusals.accepted(request, answer.status());
    answers.dress(answer, Optional.of(request));
    ctx.writeAndFlush(answer);
    Wire wire = transport.wire(ctx.channel(), request.ticket()::leave);
    PublicInitializer.removeHttp(ctx.pipeline());
    return wire;
  }

  private static Lease lease(PublicRequest request) {
    if (request.bearer().isEmpty()) {
      return Lease.ENDLESS;
    }
    try {
      Bearer bearer = request.bearer().get();
      return new TokenLease(bearer.tokens(), bearer.identity());
    } catch (RejectedTokenException checkedBefore) {
      throw new IllegalStateException("the token was believed before", checkedBefore);
    }
  }

  /** Who reads an event stream ends it without a word, so that its end tells nothing of a proxy. */
  private Ending ending(PublicRequest request, Format format) {
    return format == Format.WEBSOCKET && request.evidence().isProxied()
        ? proxies.enter(request.peer())
        : Ending.UNHEARD;
  }
}
