package io.pushgate.protocol.publisher;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.pushgate.protocol.ingress.BinaryFrames;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.Ref;
import io.pushgate.protocol.ingress.Reply;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the gateway, from hello to its end: sends what waits as fast as the socket
 * takes it, and ties the answers to it. Event loop only.
 */
final class Connection extends SimpleChannelInboundHandler<Reply> {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  /** How much is encoded into one buffer; a larger request still goes into one. */
  private static final int BATCH_BYTES = 64 << 10;

  /** The correlation id of the first request, the greeting; those of the others follow. */
  private static final long GREETING = 1;

  private final Unanswered unanswered;
  private final Owner owner;
  private final long answerNanos;
  private State state = State.GREETING;
  private long correlation = GREETING;
  private long lastArrival;
  private @Nullable ChannelHandlerContext ctx;
  private @Nullable Future<?> watch;

  /** The ping by which this connection last asked for a sign of life. */
  private @Nullable Pending<?> signOfLife;

  private enum State {
    /** Hello, or a ping instead, is not answered yet; nothing else is sent before it is. */
    GREETING,
    /** Requests are sent. */
    OPEN,
    /** The gateway is about to go: what was sent may still be answered, nothing else is sent. */
    LEAVING,
    /** The socket is closed, or on its way there. */
    CLOSED
  }

  /** Whoever opened the connection. */
  interface Owner {
    /** What to ask first, to be known and to know that there is a gateway. */
    IngressRequest greeting();

    /** The greeting was answered like this, and requests are sent. */
    void opened(IngressAnswer greeting);

    /** A request was answered. */
    void answered();

    /** The greeting was refused. */
    void refused(IngressAnswer.Nack nack);

    void receipt(IngressAnswer.Receipt receipt);

    void gap();

    /** There will be nothing more; what is unanswered waits again. Told once. */
    void closed();
  }

  Connection(Unanswered unanswered, Owner owner, long answerNanos) {
    this.unanswered = unanswered;
    this.owner = owner;
    this.answerNanos = answerNanos;
  }

  @Override
  public void channelActive(ChannelHandlerContext opened) {
    ctx = opened;
    lastArrival = System.nanoTime();
    watch =
        opened
            .executor()
            .scheduleAtFixedRate(this::watch, answerNanos, answerNanos / 4, TimeUnit.NANOSECONDS);
    ByteBuf out = opened.alloc().buffer();
    BinaryFrames.writeRequest(new Envelope(Ref.correlation(GREETING), owner.greeting()), out);
    opened.writeAndFlush(out);
  }

  @Override
  public void channelInactive(ChannelHandlerContext closed) {
    if (watch != null) {
      watch.cancel(false);
    }
    state = State.CLOSED;
    if (signOfLife != null) {
      unanswered.forget(signOfLife); // No other connection owes it, and no close waits for it.
    }
    unanswered.rewind();
    owner.closed();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    send();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
    if (cause instanceof IOException) {
      log.debug("The connection to {} failed", failed.channel().remoteAddress(), cause);
    } else {
      log.warn("The connection to {} is given up", failed.channel().remoteAddress(), cause);
    }
    close();
  }

  /** Sends what waits, as far as the socket takes it; the rest follows when it takes more. */
  void send() {
    ChannelHandlerContext to = ctx;
    if (state != State.OPEN || to == null) {
      return;
    }
    boolean more = true;
    while (more && to.channel().isWritable()) {
      ByteBuf batch = to.alloc().buffer();
      more = fill(batch);
      if (batch.isReadable()) {
        to.write(batch);
      } else {
        batch.release();
      }
    }
    to.flush();
  }

  /** Closes the socket, whereupon the owner hears of it. */
  void close() {
    state = State.CLOSED;
    if (ctx != null) {
      ctx.close();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext from, Reply reply) {
    if (state == State.CLOSED) {
      return; // What came in one read with the reason to close counts no more.
    }
    lastArrival = System.nanoTime();
    IngressAnswer answer = reply.answer();
    if (answer instanceof IngressAnswer.Receipt receipt) {
      owner.receipt(receipt);
    } else if (answer instanceof IngressAnswer.Gap) {
      owner.gap();
    } else if (answer instanceof IngressAnswer.Goaway) {
      leave();
    } else if (state == State.GREETING) {
      greeted(answer);
    } else {
      answered(reply.ref().correlation(), answer);
    }
  }

  private void greeted(IngressAnswer answer) {
    if (answer instanceof IngressAnswer.Nack nack) {
      close();
      owner.refused(nack);
    } else {
      state = State.OPEN;
      owner.opened(answer);
      send();
    }
  }

  private void answered(long id, IngressAnswer answer) {
    if (isDraining(answer)) {
      unanswered.defer(id);
      leave();
      return;
    }
    Pending<?> request = unanswered.answered(id);
    if (request == null) {
      String kind = answer.getClass().getSimpleName();
      log.warn("The gateway sent a {} that answers no request, so the connection is closed", kind);
      close();
      return;
    }
    request.complete(answer);
    owner.answered();
    if (state == State.LEAVING) {
      leave();
    }
  }

  /** A gateway that is about to stop takes nothing more: the next connection may find another. */
  private static boolean isDraining(IngressAnswer answer) {
    return answer instanceof IngressAnswer.Nack nack && nack.code() == NackCode.DRAINING;
  }

  /** Sends nothing more, and closes once nothing is owed. */
  private void leave() {
    if (unanswered.isOwed() && state != State.CLOSED) {
      state = State.LEAVING;
    } else {
      close();
    }
  }

  /** Encodes requests until the batch is full; false where none is left. */
  private boolean fill(ByteBuf batch) {
    while (batch.readableBytes() < BATCH_BYTES) {
      if (!unanswered.isOwed()) {
        lastArrival = System.nanoTime();
      }
      Pending<?> request = unanswered.send(++correlation);
      if (request == null) {
        return false;
      }
      try {
        Envelope envelope = new Envelope(Ref.correlation(correlation), request.request());
        BinaryFrames.writeRequest(envelope, batch);
      } catch (IllegalArgumentException tooLarge) {
        unanswered.answered(correlation);
        request.fail(tooLarge);
        owner.answered();
      }
    }
    return true;
  }

  /**
   * A gateway that owes an answer and is silent may be gone without a word. One that owes none is
   * made to owe one, since receipts would be waited for in vain.
   */
  private void watch() {
    if (System.nanoTime() - lastArrival <= answerNanos) {
      return;
    }
    if (state == State.GREETING || unanswered.isOwed()) {
      log.warn("The gateway owes answers and is silent, so the connection is closed");
      close();
    } else if (state == State.OPEN) {
      Pending<?> ping =
          new Pending<>(new IngressRequest.Ping(), IngressAnswer.Pong.class, () -> {});
      signOfLife = ping;
      unanswered.add(ping);
      send();
    }
  }
}
