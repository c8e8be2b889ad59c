package io.pushgate.gateway.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.pushgate.protocol.ingress.FatalFrame;
import io.pushgate.protocol.ingress.IngressAnswer.Nack;
import io.pushgate.protocol.ingress.Ref;

/**
 * Leads one run of requests from bytes to answers: decodes as far as there is room, hands on what
 * was decoded as one batch, and encodes the answers that are due. <em>Event loop only.</em>
 */
final class Intake {

  /** Where answers go. <em>Event loop only.</em> */
  interface Outlet {

    /** Whether the peer takes what it is sent. While not, answers wait and nothing more is read. */
    boolean takes();

    /** Takes encoded answers, and the buffer with them. */
    void send(ByteBuf answers);

    /** A turn is over: a good time to flush, to look whether all is done, to read or to pause. */
    void turned();
  }

  private enum Stage {
    /** More bytes may come. */
    OPEN,
    /** The peer sends no more; what is left is decoded to its last byte. */
    ENDED,
    /** No more is read; whole requests that are there are decoded. */
    DRAINING,
    /** Nothing is decoded any more; what was taken is answered. */
    BROKEN,
    /** The connection is gone. */
    CLOSED
  }

  private final Channel channel;
  private final Form form;
  private final Outlet outlet;
  private final Inbox inbox = new Inbox();
  private final Flow flow = new Flow();
  private final Answers answers;
  private final Receipts receipts;
  private final Conversation conversation;
  private final IngressRoom room;
  private long inRoom;
  private Stage stage = Stage.OPEN;
  private long decoded;

  Intake(
      Channel channel,
      Form form,
      Outlet outlet,
      IngressContext context,
      Receipts receipts,
      Admission admission) {
    this.channel = channel;
    this.form = form;
    this.outlet = outlet;
    this.answers = new Answers(channel.eventLoop(), this::run, context.metrics());
    this.receipts = receipts;
    this.room = context.connections().room();
    this.conversation = new Conversation(context, answers, flow, receipts, admission);
  }

  /** Decodes what arrived; the buffer stays the caller's. A {@link #turn()} is due afterwards. */
  void arrived(ByteBuf bytes) {
    if (stage == Stage.OPEN) {
      inbox.append(bytes);
      decode();
    }
  }

  /** Nothing more arrives: what is left is the last request. */
  void end() {
    leave(Stage.ENDED);
  }

  /** Decodes what arrived until now and no more. */
  void drain() {
    leave(Stage.DRAINING);
  }

  /** Ends the run with this nack, behind what was taken. */
  void abort(Nack nack) {
    if (stage != Stage.CLOSED && stage != Stage.BROKEN) {
      conversation.refuse(Ref.NONE, nack, 0);
      stage = Stage.BROKEN;
      inbox.clear();
      turn();
    }
  }

  /** Nacks every further request. */
  void refuseMore() {
    conversation.drain();
  }

  /** Forgets all: nobody is there to be answered. Pushes that were handed on take effect. */
  void close() {
    stage = Stage.CLOSED;
    inbox.clear();
    answers.clear();
    holds(0);
    receipts.close();
  }

  /** Answers what is due, and decodes what there was no room for. */
  void turn() {
    assert channel.eventLoop().inEventLoop();
    if (stage == Stage.CLOSED) {
      return;
    }
    do {
      answers.await();
      conversation.handOn();
      answers.look();
      answer();
    } while (conversation.isDue() || decode());
    if (conversation.isOpen()) {
      receipts.begin();
    }
    inbox.trim();
    holds(inbox.capacity() + flow.bytes());
    outlet.turned();
  }

  /** Tells the room that all share how much of it this run takes. */
  private void holds(long bytes) {
    room.change(bytes - inRoom);
    inRoom = bytes;
  }

  /** No request will follow, and all are answered. */
  boolean isFinished() {
    return stage != Stage.OPEN && answers.isEmpty();
  }

  /** The run was cut off by {@link #drain()}. */
  boolean isDraining() {
    return stage == Stage.DRAINING;
  }

  /** The peer said himself that nothing follows. */
  boolean isEnded() {
    return stage == Stage.ENDED;
  }

  /**
   * The peer broke a rule, was not let in, or a bound was passed, so that nothing after it was
   * decoded.
   */
  boolean isBroken() {
    return stage == Stage.BROKEN;
  }

  /** There is room for more. */
  boolean wantsMore() {
    return takesMore() && room.isOpenTo(inRoom);
  }

  /**
   * Part of a request is here, and nothing else is to be done before the rest of it. Its time runs
   * also while the room is full, for it may be full of nothing but such parts.
   */
  boolean isUnfinished() {
    return awaitsPeer() && !inbox.isEmpty();
  }

  /** More is due from the peer, who is not kept from sending it. */
  boolean awaitsPeer() {
    return takesMore() && !room.isShut();
  }

  /** There is room for more in this run, whatever others take. */
  private boolean takesMore() {
    return stage == Stage.OPEN && flow.isOpen() && conversation.isOpen() && outlet.takes();
  }

  /** How often something was decoded: what is unfinished is new where this has moved on. */
  long decoded() {
    return decoded;
  }

  private void leave(Stage next) {
    if (stage == Stage.OPEN) {
      stage = next;
      turn();
    }
  }

  /** Answers whether anything was decoded. */
  private boolean decode() {
    long before = decoded;
    try {
      while (!conversation.isOver() && flow.isOpen() && conversation.isOpen() && decodeOne()) {
        decoded++;
      }
    } catch (FatalFrame fatal) {
      decoded++;
      stage = Stage.BROKEN;
      inbox.clear();
      conversation.refuse(Ref.NONE, fatal.toNack(), 0);
    }
    if (conversation.isOver()) {
      stage = Stage.BROKEN;
      inbox.clear();
    }
    return decoded != before;
  }

  private boolean decodeOne() throws FatalFrame {
    return !inbox.isEmpty() && form.decode(inbox, stage == Stage.ENDED, conversation);
  }

  private void answer() {
    ByteBuf out = null;
    try {
      Slot slot;
      while (outlet.takes() && (slot = answers.poll()) != null) {
        if (out == null) {
          out = channel.alloc().ioBuffer();
        }
        form.encode(slot.ref, slot.answer(), out);
        flow.answered(slot.bytes);
        if (out.readableBytes() >= IngressLimits.ANSWER_CHUNK) {
          ByteBuf full = out;
          out = null;
          outlet.send(full);
        }
      }
      if (out != null && out.isReadable()) {
        ByteBuf last = out;
        out = null;
        outlet.send(last);
      }
    } finally {
      if (out != null) {
        out.release();
      }
    }
  }

  /** A turn that was asked for by answers from elsewhere; what fails in it must not go unseen. */
  private void run() {
    try {
      turn();
    } catch (RuntimeException | OutOfMemoryError e) {
      // Without memory for a buffer an answer may be lost: the connection must not go on behind it.
      channel.pipeline().fireExceptionCaught(e);
    }
  }
}
