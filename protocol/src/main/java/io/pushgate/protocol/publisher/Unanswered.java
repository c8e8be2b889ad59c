package io.pushgate.protocol.publisher;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The requests without an answer, in the order in which they were made: those that the present
 * connection has sent, then those that wait. Event loop only.
 */
final class Unanswered {
  private final Map<Long, Pending<?>> sent = new LinkedHashMap<>();
  private final SortedMap<Long, Pending<?>> deferred = new TreeMap<>();
  private final Deque<Pending<?>> waiting = new ArrayDeque<>();

  void add(Pending<?> request) {
    waiting.addLast(request);
  }

  /**
   * Takes the oldest that waits, which counts as sent under the correlation id; null where none
   * waits.
   */
  @Nullable Pending<?> send(long correlation) {
    Pending<?> next = waiting.pollFirst();
    if (next != null) {
      sent.put(correlation, next);
    }
    return next;
  }

  /** Takes out what was sent under a correlation id; null where nothing was. */
  @Nullable Pending<?> answered(long correlation) {
    return sent.remove(correlation);
  }

  /** What was sent under a correlation id is to be sent again, by the next connection. */
  void defer(long correlation) {
    Pending<?> request = sent.remove(correlation);
    if (request != null) {
      deferred.put(correlation, request);
    }
  }

  /** Nobody waits for this one any more. */
  void forget(Pending<?> request) {
    sent.values().remove(request);
    waiting.remove(request);
  }

  /** Whether the present connection owes answers. */
  boolean isOwed() {
    return !sent.isEmpty();
  }

  boolean isEmpty() {
    return sent.isEmpty() && deferred.isEmpty() && waiting.isEmpty();
  }

  /** The connection is gone: all that it has sent waits again, before what waits already. */
  void rewind() {
    deferred.putAll(sent);
    sent.clear();
    Deque<Pending<?>> newest = new ArrayDeque<>(deferred.values());
    deferred.clear();
    newest.descendingIterator().forEachRemaining(waiting::addFirst);
  }

  /** Fails all, also those that a failure's listener adds meanwhile. */
  void fail(Throwable cause) {
    rewind();
    for (Pending<?> next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
      next.fail(cause);
    }
  }
}
