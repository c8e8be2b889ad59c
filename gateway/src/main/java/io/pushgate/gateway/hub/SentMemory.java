package io.pushgate.gateway.hub;

import io.pushgate.gateway.broker.Sent;
import io.pushgate.gateway.session.Ranges;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.UserId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What ended sessions were sent, by user: an acknowledgement that comes later counts for it. The
 * users who were asked about longest ago are forgotten past {@value #MAX_USERS}; what they were
 * sent is held again then. <em>Any thread.</em>
 */
final class SentMemory {
  /** Users who are remembered; some two hundred bytes each. */
  static final int MAX_USERS = 131_072;

  /** So many tables, each with a lock of its own, so that a look at all users holds up nobody. */
  static final int SHARDS = 16;

  private record OfUser(Ranges own, Ranges everyone) {
    static final OfUser NOTHING = new OfUser(Ranges.NONE, Ranges.NONE);

    Ranges of(Feed feed) {
      return feed == Feed.USER ? own : everyone;
    }
  }

  /** Some of the users, the one asked about longest ago first. */
  private static final class Shard extends LinkedHashMap<UserId, OfUser> {
    private static final long serialVersionUID = 1L;
    private static final int MAX = MAX_USERS / SHARDS;

    Shard() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<UserId, OfUser> eldest) {
      return size() > MAX;
    }
  }

  private final Shard[] shards = new Shard[SHARDS];

  SentMemory() {
    for (int i = 0; i < SHARDS; i++) {
      shards[i] = new Shard();
    }
  }

  /** Adds what a session was sent; answers whether another user had to be forgotten for it. */
  boolean remember(UserId user, Ranges own, Ranges everyone) {
    if (own.isEmpty() && everyone.isEmpty()) {
      return false;
    }
    Shard shard = shard(user);
    synchronized (shard) {
      boolean full = shard.size() == Shard.MAX && !shard.containsKey(user);
      OfUser known = shard.getOrDefault(user, OfUser.NOTHING);
      shard.put(user, new OfUser(known.own().with(own), known.everyone().with(everyone)));
      return full;
    }
  }

  /** What is remembered of one journal. */
  Sent of(UserId user, Feed feed) {
    Shard shard = shard(user);
    synchronized (shard) {
      return shard.getOrDefault(user, OfUser.NOTHING).of(feed);
    }
  }

  /** How many users are remembered. */
  int size() {
    int size = 0;
    for (Shard shard : shards) {
      synchronized (shard) {
        size += shard.size();
      }
    }
    return size;
  }

  void forget(UserId user) {
    Shard shard = shard(user);
    synchronized (shard) {
      shard.remove(user);
    }
  }

  /**
   * How many users of one shard were sent this broadcast, but for those that are to be left out.
   */
  int count(int index, long broadcast, Predicate<UserId> leaveOut) {
    Shard shard = shards[index];
    int count = 0;
    synchronized (shard) {
      for (Map.Entry<UserId, OfUser> known : shard.entrySet()) {
        if (known.getValue().everyone().contains(broadcast) && !leaveOut.test(known.getKey())) {
          count++;
        }
      }
    }
    return count;
  }

  private Shard shard(UserId user) {
    int hash = user.hashCode();
    return shards[(hash ^ (hash >>> 16)) & (SHARDS - 1)];
  }
}
