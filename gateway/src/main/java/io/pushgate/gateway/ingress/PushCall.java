package io.pushgate.gateway.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.pushgate.protocol.ingress.IngressAnswer.Nack;
import io.pushgate.protocol.ingress.NackCode;
import org.jspecify.annotations.Nullable;

/**
 * One {@code POST /push}: its body's lines are taken as they arrive, their answers are kept until
 * the last one is known, since the status stands before them. <em>Event loop only.</em>
 */
final class PushCall implements Intake.Outlet {
  private static final String NDJSON = "application/x-ndjson";

  private final Runnable turned;
  private final PushBody body;
  private final Intake intake;
  private final ByteBuf answers;
  private final HttpVersion version;
  private boolean keepAlive;
  private long received;

  /**
   * @param publisher as the request's query names it; null for none
   * @param turned runs when answers came in
   */
  PushCall(
      Channel channel,
      HttpRequest request,
      IngressContext context,
      @Nullable String publisher,
      Runnable turned) {
    this.turned = turned;
    this.body = new PushBody(context.config().maxPayload());
    this.intake =
        new Intake(
            channel,
            body,
            this,
            context,
            new CallReceipts(publisher),
            Admission.ofCall(context.access(), PushRequest.secret(request)));
    this.answers = channel.alloc().ioBuffer();
    this.version = request.protocolVersion();
    this.keepAlive = HttpUtil.isKeepAlive(request);
  }

  /** Takes a part of the body; the part stays the caller's. */
  void arrived(HttpContent part) {
    received += part.content().readableBytes();
    if (part.decoderResult().isFailure()) {
      abort(NackCode.BAD_REQUEST, "body: malformed chunk");
    } else if (received > IngressLimits.MAX_HTTP_BODY) {
      abort(
          NackCode.TOO_LARGE, "body of more than %d bytes".formatted(IngressLimits.MAX_HTTP_BODY));
    } else {
      intake.arrived(part.content());
      if (part instanceof LastHttpContent) {
        intake.end();
      }
    }
  }

  /** Ends the call with a nack, behind the answers to what was taken. */
  void abort(NackCode code, String message) {
    keepAlive = false;
    intake.abort(new Nack(null, code, message));
  }

  /** Nacks what is still to come, and lets the connection end with the answer. */
  void drain() {
    keepAlive = false;
    intake.refuseMore();
  }

  void turn() {
    intake.turn();
  }

  boolean isFinished() {
    return intake.isFinished();
  }

  boolean wantsMore() {
    return intake.wantsMore();
  }

  /** It is the peer's turn. */
  boolean awaitsPeer() {
    return intake.awaitsPeer();
  }

  /** How many lines were decoded. */
  long decoded() {
    return intake.decoded();
  }

  boolean keepsAlive() {
    return keepAlive && !intake.isBroken();
  }

  /** No line came at all. */
  boolean isEmpty() {
    return !answers.isReadable();
  }

  /** Makes the answer of a finished call; whoever sends it has its buffer. */
  FullHttpResponse response() {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(body.status()), answers.retain());
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, NDJSON)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, answers.readableBytes())
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
        .set("x-content-type-options", "nosniff");
    HttpUtil.setKeepAlive(response.headers(), version, keepsAlive());
    return response;
  }

  /** Forgets the call. */
  void close() {
    intake.close();
    answers.release();
  }

  /** Answers leave only when all of them are there; {@link PushBody} bounds them. */
  @Override
  public boolean takes() {
    return true;
  }

  @Override
  public void send(ByteBuf encoded) {
    try {
      answers.writeBytes(encoded);
    } finally {
      encoded.release();
    }
  }

  @Override
  public void turned() {
    turned.run();
  }
}
