package io.pushgate.bench.publish;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Promise;
import io.pushgate.bench.ledger.Stamp;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends pushes and matches their answers. Publisher's loop only. */
final class Publisher extends ByteToMessageDecoder implements Wire.Answers {
  /** What one write carries at most; the answers' side is read in between. */
  private static final int BATCH = 64 << 10;

  private final Wire wire;
  private final Aim aim;
  private final Stamp stamp;
  private final Answers answers;
  private final Promise<Void> sentAll;
  private @Nullable ChannelHandlerContext ctx;
  private @Nullable Pacer pacer;
  private @Nullable ByteBuf batch;
  private int[] freed = new int[64];
  private int freedCount;
  private long sent;
  private boolean stopped;

  /**
   * @param sentAll told when nothing more will be sent, or why the connection ended before
   */
  Publisher(Wire wire, Aim aim, Stamp stamp, Answers answers, Promise<Void> sentAll) {
    this.wire = wire;
    this.aim = aim;
    this.stamp = stamp;
    this.answers = answers;
    this.sentAll = sentAll;
  }

  void start(Pacer pacer) {
    this.pacer = pacer;
    pacer.run();
  }

  boolean inEventLoop() {
    return context().executor().inEventLoop();
  }

  boolean takesMore() {
    return !stopped && context().channel().isWritable();
  }

  void after(long delay, TimeUnit unit, Runnable task) {
    context().executor().schedule(task, delay, unit);
  }

  /** Adds a push to the batch. */
  void push(int slot, long intendedNanos) {
    Aim.Choice to = aim.next();
    IngressRequest.Push push =
        new IngressRequest.Push(
            to.audience(),
            null,
            null,
            stamp.payload(slot, to.sequence(), intendedNanos),
            IngressRequest.Push.NO_TTL,
            null,
            false);
    sent++;
    answers.awaited(new Answers.InFlight(sent, to, slot, intendedNanos));
    ByteBuf out = batch;
    if (out == null) {
      out = context().alloc().ioBuffer(BATCH);
      batch = out;
    }
    wire.write(sent, push, out);
    if (out.readableBytes() >= BATCH) {
      flush();
    }
  }

  void flush() {
    ByteBuf out = batch;
    batch = null;
    if (out != null) {
      context().writeAndFlush(out);
    }
  }

  /** Nothing more will be sent; answers are still read. */
  void sentAll() {
    stopped = true;
    sentAll.trySuccess(null);
  }

  void freed(int[] slots) {
    if (pacer != null && !stopped) {
      pacer.freed(slots);
    }
  }

  PublishTally tally() {
    int unsent = pacer == null ? 0 : pacer.unsent();
    return answers.tally(sent, unsent, aim.expectedDeliveries());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    this.ctx = ctx;
  }

  /** Slots that one read frees are filled together. */
  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    wire.read(in, this);
    if (freedCount > 0) {
      int[] slots = Arrays.copyOf(freed, freedCount);
      freedCount = 0;
      freed(slots);
    }
  }

  @Override
  public void answer(long number, IngressAnswer answer) {
    int slot = answers.arrived(number, answer, aim);
    if (slot == Stamp.NO_SLOT) {
      return;
    }
    if (freedCount == freed.length) {
      freed = Arrays.copyOf(freed, 2 * freedCount);
    }
    freed[freedCount++] = slot;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (pacer != null && ctx.channel().isWritable()) {
      pacer.run();
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    super.channelInactive(ctx);
    fail(new IOException("the ingress port closed the connection" + answers.lastWords()));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(new IOException("the ingress connection failed: " + cause.getMessage(), cause));
    ctx.close();
  }

  private void fail(IOException cause) {
    stopped = true;
    sentAll.tryFailure(cause);
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext present = ctx;
    if (present == null) {
      throw new IllegalStateException("not connected");
    }
    return present;
  }
}
