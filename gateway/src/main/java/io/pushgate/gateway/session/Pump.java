package io.pushgate.gateway.session;

import io.netty.buffer.ByteBuf;
import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.broker.Opening;
import io.pushgate.gateway.broker.Page;
import io.pushgate.gateway.session.JournalReader.State;
import io.pushgate.gateway.transport.Wire;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.client.ServerFrame;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what a session is owed onto its socket, at the socket's pace. <em>Event loop only.</em>
 *
 * <p>It holds no notification but the rest of one that is half-written. Each step does the most
 * urgent thing: that rest, then what is to be said beside notifications, then a page of either
 * journal. A reader that has caught up is live and takes new entries as the hub {@linkplain #offer
 * offers} them; one that cannot take them is behind again, and that is all that falling behind
 * means.
 */
final class Pump {
  private static final Logger log = LoggerFactory.getLogger(Pump.class);

  private static final int PAGE_ENTRIES = 64;
  private static final int PAGE_BYTES = 64 * 1024;
  private static final long RETRY_MILLIS = 100;

  final JournalReader own;
  final JournalReader everyone;
  final Outbox outbox = new Outbox();
  final Outlet outlet;

  private final Session session;
  private final SessionLoop shared;
  private final StreamFormat format;
  private final Allowance allowance;
  private boolean journals;
  private boolean running;

  Pump(Session session, Wire wire, SessionLoop shared, SessionRequest request) {
    boolean webSocket = request.format() == SessionRequest.Format.WEBSOCKET;
    this.session = session;
    this.outlet = new Outlet(wire, shared);
    this.shared = shared;
    this.format = webSocket ? shared.webSocket : shared.sse;
    this.own = new JournalReader(session.journal(), shared.cursors.prefix(session.journal()));
    this.everyone = new JournalReader(JournalId.EVERYONE, shared.everyonePrefix);
    this.allowance = new Allowance(request);
  }

  /** From now on the journals are read, from these places. */
  void open(Opening opening) {
    own.startAt(opening.user(), opening.userBehind(), opening.witnessed());
    everyone.startAt(opening.everyone(), opening.everyoneBehind(), opening.witnessedEveryone());
    journals = true;
    run();
  }

  /** No notification follows; what is in the outbox still does. */
  void closeJournals() {
    journals = false;
  }

  /** New entries of one journal, which a live reader takes at once if it can. */
  void offer(Run run) {
    JournalReader reader = run.feed() == Feed.USER ? own : everyone;
    reader.newest = Math.max(reader.newest, run.newest());
    if (!journals || reader.state != State.LIVE) {
      return;
    }
    int from = run.firstAfter(reader.last);
    if (from == run.count()) {
      return;
    }
    boolean missedSome = from == 0 && run.previous() > reader.last;
    if (missedSome || busy() || !send(reader, run, from)) {
      reader.state = State.BEHIND;
    }
    run();
  }

  private boolean busy() {
    return outlet.full() || outlet.hasRest() || !outbox.isEmpty();
  }

  /** The hub dropped entries on the way: both journals may hold more than was offered. */
  void missed() {
    own.missed();
    everyone.missed();
    run();
  }

  void writable() {
    outlet.writable();
    run();
  }

  /** Does what can be done until the socket is full or nothing is left to do. */
  void run() {
    assert shared.loop.inEventLoop();
    if (running) {
      return; // An answer came while asking; the loop below sees it.
    }
    running = true;
    try {
      while (!outlet.full() && step()) {
        // Each step changed something.
      }
    } finally {
      running = false;
    }
    session.pumped(!busy());
  }

  private boolean step() {
    if (outlet.hasRest()) {
      outlet.writeRest();
      return true;
    }
    if (!outbox.isEmpty()) {
      ByteBuf frame = shared.state.clear();
      outbox.writeNext(format, this, frame);
      int length = frame.writerIndex();
      outlet.keepRest(frame, outlet.write(frame, 0, length), length);
      return true;
    }
    return journals && !allowance.held() && (advance(own) || advance(everyone));
  }

  /** The client acknowledged; -1 for nothing in that journal. */
  void acknowledged(long ownOffset, long everyoneOffset) {
    own.acknowledged = Math.max(own.acknowledged, ownOffset);
    everyone.acknowledged = Math.max(everyone.acknowledged, everyoneOffset);
    allowance.acknowledged(ownOffset, everyoneOffset, own.readAll() && everyone.readAll());
    run();
  }

  /** The client has read everything that was sent before the ping of this mark. */
  void read(long mark) {
    allowance.read(mark);
    run();
  }

  /** Keeps the way open, and asks the client how far it has read. */
  void beat() {
    outbox.ping(allowance.mark());
    run();
  }

  private boolean advance(JournalReader reader) {
    return switch (reader.state) {
      case BEHIND -> {
        read(reader);
        yield reader.state != State.READING;
      }
      case HOLDING -> {
        sendPage(reader);
        yield true;
      }
      case READING, LIVE -> false;
    };
  }

  private void read(JournalReader reader) {
    reader.state = State.READING;
    shared
        .backend
        .read(reader.journal, reader.last, allowance.entries(PAGE_ENTRIES), PAGE_BYTES)
        .whenComplete((page, failure) -> session.onLoop(() -> came(reader, page, failure)));
  }

  private void came(JournalReader reader, @Nullable Page page, @Nullable Throwable failure) {
    if (!journals) {
      return;
    }
    if (page == null) {
      // By the session's name: the user's is a stranger's text.
      log.debug("no answer to session {}, asking again", SessionView.name(session.id()), failure);
      shared.loop.schedule(() -> retry(reader), RETRY_MILLIS, TimeUnit.MILLISECONDS);
      return;
    }
    reader.hold(page);
    if (page.gap()) {
      shared.metrics.gapTold();
      session.say(new ServerFrame.Gap());
    }
    run();
  }

  private void retry(JournalReader reader) {
    reader.state = State.BEHIND;
    run();
  }

  /** Sends a page, or as much as the socket takes: what it does not take is read again later. */
  private void sendPage(JournalReader reader) {
    shared.readClock();
    Page page = reader.takePage();
    Run run = shared.page;
    run.reset(reader.journal.feed(), reader.last);
    for (Entry entry : page.entries()) {
      run.append(entry, reader.cursorPrefix);
    }
    if (run.isEmpty() || send(reader, run, 0)) {
      reader.finish(page);
    }
  }

  /** Hands frames to the socket and answers whether all of them are on their way. */
  private boolean send(JournalReader reader, Run run, int from) {
    int to = allowance.limit(run, from);
    if (to == from) {
      allowance.hold(true);
      ask();
      return false;
    }
    Run out = format.translate(run, from, to, this);
    int first = out == run ? from : 0;
    int last = first + to - from;
    int start = out.start(first);
    int length = out.end(last - 1) - start;
    int taken = outlet.write(out.bytes(), start, length);
    int begun = taken == length ? last - first : out.begunBefore(start + taken, first, last);
    // Where the socket took less than was allowed, it is the socket that says when to go on.
    allowance.hold(begun == to - from && to < run.count());
    if (begun > 0) {
      int end = out.end(first + begun - 1);
      outlet.keepRest(out.bytes(), start + taken, end);
      account(reader, run, from, from + begun, end - start);
    }
    return begun == run.count() - from;
  }

  private void account(JournalReader reader, Run run, int from, int to, int bytes) {
    reader.sent(run, from, to);
    allowance.sent(run, from, to, bytes);
    ask();
    shared.deliveries.sent(run, from, to, session.id());
    shared.metrics.delivered(to - from, bytes);
  }

  /** Asks the client how far it has read, where that is needed to go on. */
  private void ask() {
    if (allowance.ask()) {
      outbox.ping(allowance.mark());
    }
  }

  /** What keeps it from going on now, for people; empty where nothing does. */
  String pause() {
    if (!journals) {
      return "it is not open yet";
    }
    if (outlet.full()) {
      return "its socket takes no more";
    }
    String held = allowance.pause();
    return held.isEmpty() && behind() > 0 ? "it reads the journal" : held;
  }

  /** The position of these offsets; -1 leaves a journal out. */
  Position position(long ownOffset, long everyoneOffset) {
    return new Position(own.cursor(ownOffset), everyone.cursor(everyoneOffset));
  }

  /** How many journals it has not caught up with. */
  int behind() {
    return (own.state == State.LIVE ? 0 : 1) + (everyone.state == State.LIVE ? 0 : 1);
  }

  String whyNotSent(long offset) {
    String passedOver = own.passedOver(offset);
    String pause = pause();
    return !passedOver.isEmpty() ? passedOver : pause.isEmpty() ? "it is on its way" : pause;
  }

  SessionView view(long id, SessionRequest request, long connectedMillis) {
    return new SessionView(
        SessionView.name(id),
        request,
        connectedMillis,
        position(own.last, everyone.last),
        behind(),
        outlet.queuedBytes(),
        pause());
  }
}
