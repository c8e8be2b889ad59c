package io.pushgate.gateway.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressAnswer.Nack;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.Ref;

/**
 * A connection of JSON lines or binary frames: moves bytes between the channel and its {@link
 * Intake}, and reads only while there is room. <em>Event loop only.</em>
 */
final class StreamHandler extends ChannelInboundHandlerAdapter implements Intake.Outlet {
  private static final IngressAnswer GOAWAY = new IngressAnswer.Goaway("draining");

  private final Channel channel;
  private final Form form;
  private final Metrics metrics;
  private final Intake intake;
  private final UnfinishedDeadline deadline;
  private boolean reading = true;
  private boolean unflushed;

  StreamHandler(Channel channel, Form form, IngressContext context, Admission admission) {
    this.channel = channel;
    this.form = form;
    this.metrics = context.metrics();
    this.intake =
        new Intake(
            channel, form, this, context, new StreamReceipts(channel, form, context), admission);
    this.deadline = new UnfinishedDeadline(channel.eventLoop(), this::expire);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      intake.arrived(bytes);
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    intake.turn();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable()) {
      intake.turn();
    } else {
      metrics.limitHit("ingress-unsent-answers");
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (PeerEnd.is(event)) {
      intake.end();
    } else if (event == IngressConnections.Signal.DRAIN) {
      intake.drain();
    } else if (event == IngressConnections.Signal.LATE) {
      intake.abort(new Nack(null, NackCode.UNAUTHORIZED, "hello did not come in time"));
    } else if (event == IngressConnections.Signal.LOOK) {
      intake.turn();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    intake.close();
    deadline.cancel();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Failures.close(ctx, cause);
  }

  @Override
  public boolean takes() {
    return channel.isWritable();
  }

  @Override
  public void send(ByteBuf answers) {
    unflushed = true;
    channel.write(answers, channel.voidPromise());
  }

  @Override
  public void turned() {
    if (unflushed) {
      unflushed = false;
      channel.flush();
    }
    // A flush may have made the channel writable again, and so have been a turn that ended it all.
    if (channel.pipeline().context(this) == null) {
      return;
    }
    if (intake.isFinished()) {
      leave();
      return;
    }
    readWhileThereIsRoom();
    deadline.watch(intake.isUnfinished(), intake.decoded());
  }

  private void readWhileThereIsRoom() {
    boolean wanted = intake.wantsMore();
    if (wanted != reading) {
      reading = wanted;
      channel.config().setAutoRead(wanted);
    }
  }

  private void expire() {
    metrics.limitHit("ingress-unfinished-request");
    intake.abort(new Nack(null, NackCode.BAD_REQUEST, UnfinishedDeadline.message()));
  }

  private void leave() {
    if (intake.isDraining()) {
      ByteBuf goaway = channel.alloc().ioBuffer();
      form.encode(Ref.NONE, GOAWAY, goaway);
      send(goaway);
    }
    channel.pipeline().replace(this, "farewell", new Farewell(intake.isEnded()));
  }
}
