package io.pushgate.bench.publish;

import io.pushgate.bench.ledger.UserNames;
import io.pushgate.protocol.ingress.Audience;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Pushes to one user each, drawn from a seed, so that a run can be repeated. */
public final class AtRandomUsers implements Aim {
  private static final BitSet NONE = new BitSet();

  private final SplittableRandom random;
  private final int sessions;
  private final Audience[] audiences;
  private final int[] sent;
  private final Map<Integer, BitSet> refused = new HashMap<>();
  private long expected;

  /**
   * Draws from users whose sessions the fleet has opened.
   *
   * @param sessions of all users together; session i is one of user i modulo {@code users}
   */
  public AtRandomUsers(UserNames names, int users, int sessions, long seed) {
    this.random = new SplittableRandom(seed);
    this.sessions = sessions;
    this.sent = new int[users];
    this.audiences = new Audience[users];
    for (int user = 0; user < users; user++) {
      audiences[user] = new Audience.One(names.of(user));
    }
  }

  @Override
  public Choice next() {
    int user = random.nextInt(sent.length);
    expected += sessionsOf(user);
    return new Choice(audiences[user], user, sent[user]++, sessionsOf(user));
  }

  private int sessionsOf(int user) {
    return sessions / sent.length + (user < sessions % sent.length ? 1 : 0);
  }

  @Override
  public void refused(int user, int sequence) {
    refused.computeIfAbsent(user, unused -> new BitSet()).set(sequence);
    expected -= sessionsOf(user);
  }

  @Override
  public long expectedDeliveries() {
    return expected;
  }

  @Override
  public int sentTo(int user) {
    return user < 0 ? 0 : sent[user];
  }

  @Override
  public BitSet refusedFor(int user) {
    return refused.getOrDefault(user, NONE);
  }
}
