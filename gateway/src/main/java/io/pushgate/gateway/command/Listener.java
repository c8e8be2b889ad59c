package io.pushgate.gateway.command;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.pushgate.protocol.CloseCode;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.Position;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One user's stream over as many connections as it takes: prints frames, keeps the position, comes
 * back after a cut. Event loop only, but for {@link #start()}.
 */
final class Listener {
  private static final Backoff BACKOFF = new Backoff(1_000, 30_000);
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int MAX_FRAME = 4 << 20;
  private static final int MAX_REFUSAL = 64 << 10;

  private final EventLoop loop;
  private final Subscription subscription;
  private final PrintWriter out;
  private final PrintWriter err;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  private @Nullable String after;
  private boolean everWelcomed;
  private int failures;
  private int notifications;

  Listener(EventLoop loop, Subscription subscription, PrintWriter out, PrintWriter err) {
    this.loop = loop;
    this.subscription = subscription;
    this.out = out;
    this.err = err;
    this.after = subscription.after();
  }

  /** Begins, and completes with the exit code. Any thread. */
  CompletableFuture<Integer> start() {
    loop.execute(this::connect);
    return exit;
  }

  /** A frame came. Answers whether nobody reads the output any more. */
  boolean received(String frame) {
    out.println(frame);
    return out.checkError();
  }

  /** The session began here. */
  void welcomed(Position at) {
    everWelcomed = true;
    failures = 0;
    after = at.toString();
  }

  /** A notification or recall came; answers the position behind it. */
  Position advanced(Cursor cursor) {
    Position before = after == null ? null : Position.parse(after);
    Cursor user = before == null ? null : before.user();
    Cursor everyone = before == null ? null : before.everyone();
    Position now =
        cursor.letter() == Feed.USER.letter()
            ? new Position(cursor, everyone)
            : new Position(user, cursor);
    after = now.toString();
    return now;
  }

  /** Counts a notification; answers whether it was the last one wanted. */
  boolean counted() {
    notifications++;
    return notifications == subscription.count();
  }

  boolean acknowledges() {
    return subscription.ack();
  }

  /** All that was wanted has come. */
  void done() {
    exit.complete(0);
  }

  /** The handshake was answered with something else than a stream. */
  void refused(Refusal refusal) {
    refusal.lines().forEach(err::println);
    if (everWelcomed && refusal.comesBack()) {
      comeBack("refused", -1);
    } else {
      exit.complete(Program.FAILED);
    }
  }

  /**
   * The connection is gone.
   *
   * @param code of the Close frame, if there was one
   * @param delayMillis the wait that the gateway asked for, negative where it did not
   */
  void lost(@Nullable Integer code, String reason, long delayMillis) {
    CloseCode known = code == null ? null : CloseCode.of(code);
    String what = code == null ? reason : "closed with " + code + " " + reason;
    if (known != null && !known.comesBack()) {
      err.println(what);
      exit.complete(Program.FAILED);
    } else if (!everWelcomed) {
      err.println("cannot listen at " + subscription.uri().resuming(null) + ": " + what);
      exit.complete(Program.FAILED);
    } else {
      comeBack(what, delayMillis);
    }
  }

  private void comeBack(String why, long askedMillis) {
    long delay =
        askedMillis >= 0 ? askedMillis : BACKOFF.delayMillis(failures, ThreadLocalRandom.current());
    failures++;
    err.printf("%s; back in %.1f s%s%n", why, delay / 1e3, after == null ? "" : " after " + after);
    loop.schedule(this::connect, delay, TimeUnit.MILLISECONDS);
  }

  private void connect() {
    assert loop.inEventLoop();
    try {
      StreamUri uri = subscription.uri();
      SslContext tls = uri.secure() ? SslContextBuilder.forClient().build() : null;
      ListenHandler handler = new ListenHandler(this, handshaker());
      new Bootstrap()
          .group(loop)
          .channel(NioSocketChannel.class)
          .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_MILLIS)
          .handler(new Pipeline(uri, tls, handler))
          .connect(uri.address(), uri.port())
          .addListener(
              (ChannelFuture connected) -> {
                if (!connected.isSuccess()) {
                  lost(null, String.valueOf(connected.cause().getMessage()), -1);
                }
              });
    } catch (CommandFailure | SSLException failed) {
      lost(null, String.valueOf(failed.getMessage()), -1);
    }
  }

  private WebSocketClientHandshaker handshaker() throws CommandFailure {
    HttpHeaders headers = new DefaultHttpHeaders();
    if (subscription.tokenFile() != null) {
      String token = Inputs.secretFile("--token-file", subscription.tokenFile());
      headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token);
    }
    // The last arguments: mask, insist on the server's not masking, wait for its close, a path
    // alone in the request line, and no Origin, which only a page has.
    return WebSocketClientHandshakerFactory.newHandshaker(
        subscription.uri().resuming(after),
        WebSocketVersion.V13,
        null,
        false,
        headers,
        MAX_FRAME,
        true,
        false,
        TIMEOUT_MILLIS,
        false,
        false);
  }

  /** The client's pipeline, in wire order. */
  private static final class Pipeline extends ChannelInitializer<SocketChannel> {
    private final StreamUri uri;
    private final @Nullable SslContext tls;
    private final ListenHandler handler;

    Pipeline(StreamUri uri, @Nullable SslContext tls, ListenHandler handler) {
      this.uri = uri;
      this.tls = tls;
      this.handler = handler;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      if (tls != null) {
        channel
            .pipeline()
            .addLast("tls", tls.newHandler(channel.alloc(), uri.address(), uri.port()));
      }
      channel
          .pipeline()
          .addLast("silence", new ReadTimeoutHandler(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS))
          .addLast("http", new HttpClientCodec())
          .addLast("whole-answers", new HttpObjectAggregator(MAX_REFUSAL))
          .addLast("whole-messages", new WebSocketFrameAggregator(MAX_FRAME))
          .addLast("listen", handler);
    }
  }
}
