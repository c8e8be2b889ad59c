package io.pushgate.gateway.broker;

import io.pushgate.protocol.Feed;
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
  private final Map<Long, List<Receipt>> receipts = new ConcurrentHashMap<>();
  private final List<String> publishers = new CopyOnWriteArrayList<>();
  volatile Sent sent = offset -> true;
  volatile int sessions;
  volatile int onlineUsers;

  @Override
  public void appended(JournalId journal, Entry entry) {
    appended.computeIfAbsent(journal, id -> new CopyOnWriteArrayList<>()).add(entry);
  }

  @Override
  public int sessions(JournalId journal) {
    return sessions;
  }

  @Override
  public Sent sent(UserId user, Feed feed) {
    return sent;
  }

  @Override
  public void receipts(String publisher) {
    publishers.add(publisher);
  }

  @Override
  public void receipt(long connection, Receipt receipt) {
    receipts.computeIfAbsent(connection, key -> new CopyOnWriteArrayList<>()).add(receipt);
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

  /** What a connection was told. */
  List<Receipt> receipts(long connection) {
    return receipts.getOrDefault(connection, List.of());
  }

  /** Whose receipts were said to hold more, once each time. */
  List<String> publishers() {
    return publishers;
  }

  List<Moved> moved() {
    return moved;
  }
}
