package io.pushgate.gateway.broker;

import io.pushgate.protocol.UserId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what the lanes told, journal by journal. Any thread. */
final class RecordingListener implements Broker.Listener {

  /** A user's furthest place as it was told, -1 for none. */
  record Moved(UserId user, long own, long everyone) {}

  private final Map<JournalId, List<Entry>> appended = new ConcurrentHashMap<>();
  private final List<Moved> moved = new CopyOnWriteArrayList<>();
  volatile int sessions;
  volatile int onlineUsers;

  @Override
  public int appended(JournalId journal, Entry entry) {
    appended.computeIfAbsent(journal, id -> new CopyOnWriteArrayList<>()).add(entry);
    return sessions;
  }

  @Override
  public void acknowledged(UserId user, long userOffset, long everyoneOffset) {
    moved.add(new Moved(user, userOffset, everyoneOffset));
  }

  @Override
  public int onlineUsers() {
    return onlineUsers;
  }

  List<Entry> appended(JournalId journal) {
    return appended.getOrDefault(journal, List.of());
  }

  List<Moved> moved() {
    return moved;
  }
}
