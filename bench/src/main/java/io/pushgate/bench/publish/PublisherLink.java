package io.pushgate.bench.publish;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Promise;
import io.pushgate.bench.ledger.Stamp;
import io.pushgate.bench.ledger.Window;
import io.pushgate.bench.measure.Latency;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A publisher on an event loop of its own, so that a burst of deliveries does not hold its pushes
 * up. Any thread but that loop.
 */
public final class PublisherLink implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int CLOSE_SECONDS = 5;
  private static final int READ_BUFFER = 64 << 10;
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(128 << 10, 512 << 10);

  private final MultiThreadIoEventLoopGroup group;
  private final Channel channel;
  private final Publisher publisher;
  private final Answers answers;
  private final Promise<Void> sentAll;
  private final Plan plan;
  private final @Nullable Window window;

  /** What a publisher is to do. Immutable, but for the aim, which it takes over. */
  public record Plan(InetSocketAddress ingress, Form form, Aim aim, Stamp stamp, Load load) {}

  /**
   * Connects.
   *
   * @throws IOException where the ingress port can't be reached
   */
  public PublisherLink(Plan plan) throws IOException, InterruptedException {
    this.plan = plan;
    window = plan.load().window();
    group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("publisher", true), EpollIoHandler.newFactory());
    sentAll = group.next().newPromise();
    answers = new Answers(window);
    publisher = new Publisher(plan.form().wire(), plan.aim(), plan.stamp(), answers, sentAll);
    ChannelFuture connected =
        new Bootstrap()
            .group(group)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BUFFER))
            .handler(publisher)
            .connect(plan.ingress())
            .await();
    channel = connected.channel();
    if (!connected.isSuccess()) {
      close();
      throw new IOException(
          "the ingress port %s can't be reached: %s"
              .formatted(plan.ingress(), connected.cause().getMessage()),
          connected.cause());
    }
  }

  /** The slots that deliveries have to free; null in an open loop. */
  public @Nullable Window window() {
    return window;
  }

  /** Deliveries have freed slots; any thread. */
  public void freed(int[] slots) {
    channel.eventLoop().execute(() -> publisher.freed(slots));
  }

  /** Pushes as the plan says from the base of the timing on, which lies a little ahead. */
  public void start(Timing timing) {
    channel
        .eventLoop()
        .execute(
            () -> {
              answers.measure(timing);
              publisher.start(plan.load().pacer(publisher, timing, window));
            });
  }

  /** Sends nothing more. */
  public void stop() {
    channel.eventLoop().execute(publisher::sentAll);
  }

  /** Throws why the connection ended before everything was sent, if it did. */
  public void check() throws IOException {
    if (sentAll.cause() != null) {
      throw new IOException(sentAll.cause().getMessage(), sentAll.cause());
    }
  }

  public PublishTally tally() {
    return ask(publisher::tally);
  }

  public Latency ackLatency() {
    return ask(answers::latency);
  }

  /** How much later than intended pushes were written: this client's own share of the latency. */
  public Latency lag() {
    return ask(answers::lag);
  }

  private <T> T ask(Callable<T> question) {
    return channel.eventLoop().submit(question).syncUninterruptibly().getNow();
  }

  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
    group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
