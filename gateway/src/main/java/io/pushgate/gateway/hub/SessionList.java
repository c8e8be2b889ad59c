package io.pushgate.gateway.hub;

import io.pushgate.gateway.session.Run;
import io.pushgate.gateway.session.Session;
import io.pushgate.gateway.session.SessionView;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sessions of one loop in one dense array, in the order in which they came but for the holes
 * that others left. <em>Event loop only.</em>
 */
final class SessionList {
  private static final Logger log = LoggerFactory.getLogger(SessionList.class);
  private static final int FIRST_SIZE = 64;

  private @Nullable Session[] sessions = new @Nullable Session[FIRST_SIZE];
  private int size;

  int size() {
    return size;
  }

  Session get(int index) {
    return Objects.requireNonNull(sessions[index]);
  }

  void add(Session session) {
    if (size == sessions.length) {
      sessions = Arrays.copyOf(sessions, 2 * size);
    }
    session.slot(size);
    sessions[size++] = session;
  }

  /** Closes the hole with the last session, and answers that one where it moved. */
  @Nullable Session remove(Session session) {
    int slot = session.slot();
    Session last = get(--size);
    sessions[slot] = last;
    sessions[size] = null;
    last.slot(slot);
    return last == session ? null : last;
  }

  /** Gives one its turn; whatever becomes of it, the others have theirs. */
  static void visit(Session session, Consumer<Session> action) {
    try {
      action.accept(session);
    } catch (RuntimeException | Error e) {
      failed(session, e);
    }
  }

  /** The same for new entries, without an object for each session. */
  static void offer(Session session, Run run) {
    try {
      session.offer(run);
    } catch (RuntimeException | Error e) {
      failed(session, e);
    }
  }

  private static void failed(Session session, Throwable e) {
    log.error("session {} failed, and is cut", SessionView.name(session.id()), e);
    session.cut();
  }

  /** Goes from the end, so that a session that leaves on the way moves one already visited. */
  void forEach(Consumer<Session> action) {
    for (int i = size - 1; i >= 0; i--) {
      if (i < size) {
        visit(get(i), action);
      }
    }
  }
}
