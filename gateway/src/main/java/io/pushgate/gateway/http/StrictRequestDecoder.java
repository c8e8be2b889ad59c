package io.pushgate.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Netty's request decoder, behind a look at the raw head that refuses what Netty lets pass or
 * merges. Hands on an {@code HttpRequest} and its contents, or a {@link FaultyRequest} and then
 * nothing more. After each request it waits for {@link #next()}, so that a connection has one
 * request at a time and what follows an upgrade is never read as HTTP: it goes to the handlers
 * behind when this one is removed. Event loop only.
 */
public final class StrictRequestDecoder extends HttpRequestDecoder {
  private enum State {
    /** A head is awaited or incomplete. */
    HEAD,
    /** The head was handed on, its contents are read. */
    BODY,
    /** The whole request was handed on; nothing is read until {@link #next()}. */
    HELD,
    /** A fault was told or the connection is done: all that comes is thrown away. */
    DONE
  }

  private final HeadScanner scanner;
  private State state = State.HEAD;
  private boolean decoding;
  private @Nullable HttpRequest current;
  private @Nullable ChannelHandlerContext ctx;

  /** The largest request line and the largest headers, in bytes. */
  public StrictRequestDecoder(int maxLine, int maxHeaders) {
    // Netty's own bounds are behind the scanner's, which tells the faults apart.
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(maxLine)
            .setMaxHeaderSize(maxHeaders)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true)
            .setAllowDuplicateContentLengths(false));
    this.scanner = new HeadScanner(maxLine, maxHeaders);
  }

  /** Reads the connection's next request, once the answer to the last one is on its way. */
  public void next() {
    if (state == State.HELD) {
      state = State.HEAD;
      if (!decoding && ctx != null) {
        // What arrived meanwhile waits in the cumulation: an empty read decodes it.
        decodeWaiting(ctx);
      }
    }
  }

  private void decodeWaiting(ChannelHandlerContext ctx) {
    try {
      channelRead(ctx, Unpooled.EMPTY_BUFFER);
    } catch (Exception e) {
      ctx.fireExceptionCaught(e);
    }
  }

  /** Reads no further request: what comes is thrown away. */
  public void stop() {
    state = State.DONE;
  }

  /** Whether part of a request has arrived, but not all of it. */
  public boolean isAmidRequest() {
    return state == State.BODY || (state == State.HEAD && scanner.begun());
  }

  /** Whether a whole request was handed on and {@link #next()} was not called since. */
  public boolean isHeld() {
    return state == State.HELD;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    super.handlerAdded(ctx);
    this.ctx = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    decoding = true;
    try {
      super.channelRead(ctx, message);
    } finally {
      decoding = false;
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    switch (state) {
      case HEAD -> head(ctx, in, out);
      case BODY -> body(ctx, in, out);
      case HELD -> {}
      case DONE -> in.skipBytes(in.readableBytes());
    }
  }

  private void head(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    switch (scanner.scan(in)) {
      case INCOMPLETE -> {}
      case FAULTY -> fail(scanner.fault(), in, out);
      case WHOLE -> {
        scanner.reset();
        state = State.BODY;
        body(ctx, in, out);
      }
    }
  }

  private void body(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    int before = out.size();
    super.decode(ctx, in, out);
    for (int i = before; i < out.size(); i++) {
      judge((HttpObject) out.get(i), i, in, out);
    }
  }

  private void judge(HttpObject part, int index, ByteBuf in, List<Object> out) {
    if (part instanceof HttpRequest request) {
      current = request;
    }
    Problem fault =
        part.decoderResult().isFailure()
            ? problem(part.decoderResult().cause())
            : part instanceof HttpRequest request ? framingFault(request) : null;
    if (fault != null) {
      out.subList(index, out.size()).clear();
      fail(fault, in, out);
    } else if (part instanceof LastHttpContent) {
      state = State.HELD;
      current = null;
    }
  }

  /** The request line was scanned before: what is too long a line to Netty is a chunk's size. */
  private static Problem problem(Throwable failure) {
    return failure instanceof TooLongHttpLineException
        ? Problem.of(ProblemCode.BAD_REQUEST, "malformed HTTP: a chunk's size that does not end")
        : RequestFaults.problem(failure);
  }

  /** Netty takes an encoding before chunked, and a body that only an old draft of WebSocket had. */
  private static @Nullable Problem framingFault(HttpRequest request) {
    List<String> encodings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    boolean chunkedAlone = encodings.size() == 1 && encodings.get(0).equalsIgnoreCase("chunked");
    if (!encodings.isEmpty() && !chunkedAlone) {
      return Problem.of(
          ProblemCode.BAD_REQUEST,
          "Transfer-Encoding was %s; expected chunked alone"
              .formatted(Quoted.text(String.join(", ", encodings))));
    }
    return request.headers().contains("sec-websocket-key1")
        ? Problem.of(ProblemCode.BAD_REQUEST, "a handshake of an abandoned draft of WebSocket")
        : null;
  }

  private void fail(Problem fault, ByteBuf in, List<Object> out) {
    state = State.DONE;
    in.skipBytes(in.readableBytes());
    out.add(new FaultyRequest(fault, current));
    current = null;
  }
}
