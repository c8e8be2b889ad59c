package io.pushgate.gateway.session;

import io.pushgate.gateway.broker.Cursors;
import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.broker.Page;
import io.pushgate.protocol.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * A session's place in one journal. <em>Event loop only</em>, but for its trail, which it extends
 * so that an idle session has one object less.
 */
final class JournalReader extends Trail {
  enum State {
    /** Something lies, or may lie, behind {@code last}: the next step reads a page. */
    BEHIND,
    /** A page was asked for and has not come. */
    READING,
    /** A page came and waits for its turn. */
    HOLDING,
    /** All up to {@code newest} was sent: what is appended is taken as it comes. */
    LIVE
  }

  final JournalId journal;
  final byte[] cursorPrefix;
  State state = State.BEHIND;
  private @Nullable Page page;
  private boolean missedSome;

  /** Up to here all was sent, or will never be. */
  long last;

  /** The furthest offset that this session's client acknowledged, 0 for none. */
  long acknowledged;

  /** The last offset that is known to be in the journal. */
  long newest;

  JournalReader(JournalId journal, byte[] cursorPrefix) {
    this.journal = journal;
    this.cursorPrefix = cursorPrefix;
  }

  void startAt(long offset, boolean behind, long witnessed) {
    last = offset;
    witnessed(witnessed);
    state = behind || newest > last || missedSome ? State.BEHIND : State.LIVE;
    missedSome = false;
  }

  /** A page came. Where it starts behind a gap, the place moves on, so that it is told once. */
  void hold(Page came) {
    page = came;
    state = State.HOLDING;
    if (came.gap()) {
      last = came.entries().isEmpty() ? came.through() : came.entries().get(0).offset() - 1;
    }
  }

  /** The page that is being held; afterwards none is. */
  Page takePage() {
    Page taken = page;
    if (taken == null) {
      throw new IllegalStateException("no page is held: " + state);
    }
    page = null;
    state = State.BEHIND; // Until it is finished: what could not be sent is read again.
    return taken;
  }

  /** The page was sent to its end. */
  void finish(Page sentPage) {
    last = Math.max(last, sentPage.through());
    state = sentPage.end() && newest <= last && !missedSome ? State.LIVE : State.BEHIND;
    missedSome = false;
  }

  /** Entries were appended that will not be offered; a page under way may not hold them. */
  void missed() {
    if (state == State.LIVE) {
      state = State.BEHIND;
    } else {
      missedSome = true;
    }
  }

  /** What keeps the client from an offset that it was not sent, the session itself aside. */
  String passedOver(long offset) {
    long first = ranges().first();
    if (offset > last) {
      return "";
    }
    return first < 0 || offset <= first ? "it starts behind it" : "it was no longer held";
  }

  /** These frames of a run went out. */
  void sent(Run run, int from, int to) {
    last = run.offset(to - 1);
    if (run.whole()) {
      sent(run.predecessor(from), run.offset(from), last);
    } else {
      for (int frame = from; frame < to; frame++) {
        sent(run.predecessor(frame), run.offset(frame), run.offset(frame));
      }
    }
  }

  /** The client acknowledged the last that it was sent. */
  boolean readAll() {
    return acknowledged >= through();
  }

  /** The offset that a client's cursor marks, or -1 where it is none of this journal. */
  long offset(@Nullable Cursor cursor) {
    return cursor == null ? -1 : Cursors.offset(cursorPrefix, cursor);
  }

  /** The cursor of an offset, null for -1. */
  @Nullable Cursor cursor(long offset) {
    return offset < 0 ? null : Cursors.cursor(cursorPrefix, offset);
  }
}
