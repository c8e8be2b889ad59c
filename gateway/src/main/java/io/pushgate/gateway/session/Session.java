package io.pushgate.gateway.session;

import io.netty.buffer.ByteBuf;
import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.broker.Opening;
import io.pushgate.gateway.metrics.Port;
import io.pushgate.gateway.transport.Wire;
import io.pushgate.protocol.CloseCode;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.client.ClientErrorCode;
import io.pushgate.protocol.client.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * One live connection of a user: a reader of the user's journal and of everyone's. This class is
 * its life and what its client asks; the {@link Pump} moves frames. <em>Event loop only</em>, but
 * for the methods that say otherwise.
 */
public final class Session implements Wire.Receiver {
  private final long id;
  private final SessionRequest request;
  private final JournalId journal;
  private final Wire wire;
  private final SessionLoop shared;
  private final Pump pump;
  private final @Nullable ClientInput input;
  private final Acknowledgements acknowledgements;
  private final Lifetime lifetime;
  private SessionState state = SessionState.OPENING;
  private boolean reading = true;
  private int slot;

  /**
   * @param id drawn at random; {@link SessionView#name} is how others read it
   */
  public Session(long id, SessionRequest request, Wire wire, SessionLoop shared) {
    this.id = id;
    this.request = request;
    this.journal = JournalId.of(request.user());
    this.wire = wire;
    this.shared = shared;
    this.pump = new Pump(this, wire, shared, request);
    this.acknowledgements = new Acknowledgements(this, pump, shared);
    this.lifetime = new Lifetime(shared);
    this.input =
        request.format() == SessionRequest.Format.WEBSOCKET
            ? new ClientInput(this, pump, shared)
            : null;
  }

  // The next seven never change and are read by any thread.

  public long id() {
    return id;
  }

  public UserId user() {
    return request.user();
  }

  public JournalId journal() {
    return journal;
  }

  public SessionRequest request() {
    return request;
  }

  public SessionLoop shared() {
    return shared;
  }

  /** What it was sent of one of its journals. */
  public Trail trail(Feed feed) {
    return feed == Feed.USER ? pump.own : pump.everyone;
  }

  /** Greets the client and begins to read for it. */
  public void open(Opening opening) {
    assert shared.loop.inEventLoop();
    if (state != SessionState.OPENING) {
      return;
    }
    state = SessionState.OPEN;
    lifetime.greeted();
    int heartbeatSeconds = Math.max(1, Math.round(shared.heartbeatMillis / 1000f));
    pump.outbox.add(
        new ServerFrame.Welcome(
            request.user(),
            SessionView.name(id),
            pump.position(opening.user(), opening.everyone()),
            opening.resumed(),
            heartbeatSeconds));
    if (opening.gap()) {
      shared.metrics.gapTold();
      pump.outbox.add(new ServerFrame.Gap());
    }
    wire.open(this);
    if (state == SessionState.OPEN) {
      pump.open(opening);
    }
  }

  /** New entries of one of this session's journals. */
  public void offer(Run run) {
    pump.offer(run);
  }

  /** Entries were dropped on their way here. */
  public void missed() {
    pump.missed();
  }

  /** The user acknowledged up to here on some session; -1 for nothing in that journal. */
  public void acked(long ownOffset, long everyoneOffset) {
    if (state == SessionState.OPEN) {
      acknowledgements.heard(ownOffset, everyoneOffset);
    }
  }

  /** An acknowledgement that was posted for this user: on SSE it is the session's own. */
  public void posted(Position position) {
    if (input == null && state == SessionState.OPEN) {
      acknowledgements.posted(position);
    }
  }

  /** Answers whether the position moves on within what this client was sent. */
  boolean acknowledge(Position position) {
    return acknowledgements.take(position);
  }

  /** Tells the client that something it sent was not taken. */
  void error(ClientErrorCode code, String message) {
    say(new ServerFrame.Error(code, message));
  }

  /** Sends a frame that is no notification, behind those already said. */
  void say(ServerFrame frame) {
    if (state == SessionState.OPEN) {
      pump.outbox.add(frame);
      pump.run();
    }
  }

  /** After each run of the pump: reads the client, or does not, and ends what is to end. */
  void pumped(boolean idle) {
    boolean read = !pump.outbox.full();
    if (read != reading && (state == SessionState.OPEN || state == SessionState.CLOSING)) {
      reading = read;
      wire.reading(read);
    }
    if (state == SessionState.CLOSING && idle) {
      wire.finish();
    }
  }

  /** Ends the session with a last frame. What is half-written is finished first. */
  public void close(CloseCode code, String reason) {
    assert shared.loop.inEventLoop();
    openUngreeted();
    if (state == SessionState.OPEN) {
      shared.metrics.sessionClosed(code);
      leave();
      if (code != CloseCode.DRAIN) {
        unheard(); // Nothing that came behind the fault, or behind a Close, is acted on.
      }
      pump.outbox.close(code, reason);
      pump.run();
    }
  }

  /** The gateway goes away: the client is told to come back after this time, and closed by then. */
  public void drain(long delayMillis) {
    assert shared.loop.inEventLoop();
    boolean stays = state == SessionState.OPEN && input != null && delayMillis > 0;
    lifetime.sentAway();
    openUngreeted();
    Departure.drained(this, delayMillis, stays);
  }

  /** Where it is not greeted yet: the client learns all the same why it has to go. */
  private void openUngreeted() {
    if (state == SessionState.OPENING) {
      state = SessionState.OPEN;
      wire.open(this);
    }
  }

  private void leave() {
    state = SessionState.CLOSING;
    lifetime.closing();
    pump.closeJournals();
    shared.backend.left(this);
  }

  private void unheard() {
    if (input != null) {
      input.release();
    }
  }

  @Override
  public void received(ByteBuf bytes) {
    lifetime.heard();
    shared.metrics.received(Port.PUBLIC, bytes.readableBytes());
    if (input != null) {
      input.decode(bytes);
    }
  }

  @Override
  public void writable() {
    pump.writable();
  }

  @Override
  public void lost() {
    if (state == SessionState.CLOSED) {
      return;
    }
    if (state == SessionState.CLOSING) {
      request.ending().closed();
    } else {
      request.ending().cut(lifetime.silentMillis(pump.outlet));
      leave();
    }
    state = SessionState.CLOSED;
    unheard();
    pump.outlet.release();
    shared.backend.gone(this);
  }

  /** Ends it without a word: its state is not to be trusted. Its client resumes elsewhere. */
  public void cut() {
    wire.abort();
  }

  /** Looks at the clock, called every now and then: heartbeats and deadlines without a timer. */
  public void sweep() {
    if (state == SessionState.CLOSING && lifetime.isOverdue()) {
      wire.abort();
    } else if (state == SessionState.OPEN) {
      act(lifetime.due(id, request.lease(), input == null ? pump.outlet : null));
    }
  }

  private void act(Lifetime.Due due) {
    switch (due) {
      case NOTHING -> {}
      case ASK -> pump.beat();
      case TOKEN_EXPIRED -> close(CloseCode.TOKEN_EXPIRED, "the token expired");
      case SILENT -> {
        shared.metrics.heartbeatMissed();
        close(CloseCode.HEARTBEAT_MISSED, "nothing heard for two and a half heartbeats");
      }
      case AGED -> Departure.aged(this);
    }
  }

  /** What is held for it while its socket is full. */
  public Held held() {
    return Held.of(this, pump.outlet, lifetime.connectedMillis(), state != SessionState.OPEN);
  }

  /** Runs on this session's loop: now, where that is the calling thread. */
  public void onLoop(Runnable task) {
    if (shared.loop.inEventLoop()) {
      task.run();
    } else {
      shared.loop.execute(task);
    }
  }

  /** The cursors of this user's journal, but for the offset. <em>Any thread.</em> */
  public byte[] cursorPrefix() {
    return pump.own.cursorPrefix;
  }

  /** Where this session stands in its loop's list. */
  public int slot() {
    return slot;
  }

  public void slot(int index) {
    slot = index;
  }

  /** What an operator sees of this session. */
  public SessionView view() {
    return pump.view(id, request, lifetime.connectedMillis());
  }

  /** Why an offset of the user's journal, which it was not sent, has not come to its client. */
  public String whyNotSent(long offset) {
    return pump.whyNotSent(offset);
  }
}
