package io.pushgate.protocol.publisher;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to the gateway, one after the other, until all is answered and the client is
 * closed. Event loop only.
 */
final class Link implements Connection.Owner {
  private static final Logger log = LoggerFactory.getLogger(Link.class);

  private final EventLoop loop;
  private final PublisherOptions options;
  private final PublisherListener listener;
  private final Unanswered unanswered = new Unanswered();
  private final Backoff backoff;
  private State state = State.KEPT;
  private boolean warned;

  /** Where the next connection's receipts begin. */
  private @Nullable String receiptsAfter;

  private @Nullable Connection connection;
  private Runnable whenClosed = () -> {};

  private enum State {
    /** There is a connection, an attempt at one, or a wait before the next. */
    KEPT,
    /** The same, until nothing is unanswered. */
    DRAINING,
    /** There is none and will be none. */
    CLOSED
  }

  Link(EventLoop loop, PublisherOptions options, PublisherListener listener) {
    this.loop = loop;
    this.options = options;
    this.listener = listener;
    this.receiptsAfter = options.receiptsAfter();
    this.backoff =
        new Backoff(
            options.times().minBackoff().toMillis(),
            options.times().maxBackoff().toMillis(),
            new SplittableRandom());
  }

  void connect() {
    assert loop.inEventLoop();
    if (state == State.CLOSED) {
      return;
    }
    Connection next = new Connection(unanswered, this, options.times().answerTimeout().toNanos());
    connection = next;
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) options.times().connectTimeout().toMillis())
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                addTls(channel);
                channel.pipeline().addLast("decoder", new AnswerDecoder());
                channel.pipeline().addLast("connection", next);
              }
            })
        .connect(options.host(), options.port())
        .addListener(
            attempt -> {
              if (!attempt.isSuccess()) {
                retry(attempt.cause());
              }
            });
  }

  private void addTls(Channel channel) {
    PublisherTls tls = options.tls();
    if (tls != null) {
      SslHandler handler = tls.read().newHandler(channel.alloc(), options.host(), options.port());
      handler.setHandshakeTimeoutMillis(options.times().connectTimeout().toMillis());
      channel.pipeline().addLast("tls", handler);
    }
  }

  void add(Pending<?> request) {
    assert loop.inEventLoop();
    if (state == State.CLOSED) {
      request.fail(new PublisherClosedException());
    } else {
      unanswered.add(request);
    }
  }

  /** Sends what was added, where there is a connection. */
  void send() {
    assert loop.inEventLoop();
    if (connection != null) {
      connection.send();
    }
  }

  /** Waits until all is answered, or the time to close is over, and runs this then. */
  void drain(Runnable afterwards) {
    assert loop.inEventLoop();
    state = State.DRAINING;
    whenClosed = afterwards;
    loop.schedule(this::close, options.times().closeTimeout().toMillis(), TimeUnit.MILLISECONDS);
    closeIfDrained();
  }

  @Override
  public IngressRequest greeting() {
    if (options.publisher() == null && options.secret() == null) {
      return new IngressRequest.Ping();
    }
    return new IngressRequest.Hello(options.secret(), options.publisher(), receiptsAfter);
  }

  @Override
  public void opened(IngressAnswer greeting) {
    warned = false;
    if (greeting instanceof IngressAnswer.Ok ok && ok.cursor() != null) {
      receiptsAfter = ok.cursor().value();
      listener.receiptsBegin(ok.cursor(), ok.resumed());
    }
    listener.connected();
  }

  /** Only now is the connection known to be good for something: the next wait is a short one. */
  @Override
  public void answered() {
    backoff.reset();
    closeIfDrained();
  }

  /** What may change, the next connection tries again; all else is the caller's to mend. */
  @Override
  public void refused(IngressAnswer.Nack nack) {
    NackException refusal = new NackException(nack);
    log.warn("The gateway refused the connection: {}", nack.code().wire());
    if (!refusal.mayBeRepeated()) {
      unanswered.fail(refusal);
      closeIfDrained();
    }
  }

  /** One that the listener fails on ends the connection, and comes again on the next. */
  @Override
  public void receipt(IngressAnswer.Receipt receipt) {
    listener.receipt(receipt);
    if (receipt.cursor() != null) {
      receiptsAfter = receipt.cursor().value();
    }
    backoff.reset();
  }

  @Override
  public void gap() {
    listener.gap();
  }

  @Override
  public void closed() {
    listener.disconnected();
    closeIfDrained(); // What only this connection was to answer is waited for no longer.
    retry(null);
  }

  private void retry(@Nullable Throwable cause) {
    connection = null;
    if (state == State.CLOSED) {
      return;
    }
    long wait = backoff.nextMillis();
    if (!warned) {
      log.warn("No connection to {}:{}, trying again", options.host(), options.port(), cause);
      warned = true;
    }
    loop.schedule(this::connect, wait, TimeUnit.MILLISECONDS);
  }

  private void closeIfDrained() {
    if (state == State.DRAINING && unanswered.isEmpty()) {
      close();
    }
  }

  private void close() {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    unanswered.fail(new PublisherClosedException());
    if (connection != null) {
      connection.close();
    }
    whenClosed.run();
  }
}
