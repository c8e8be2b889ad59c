package io.pushgate.bench.publish;

import io.pushgate.protocol.ingress.Audience;
import java.util.BitSet;

/** Broadcasts. */
public final class AtEveryone implements Aim {
  private static final Audience EVERYONE_AUDIENCE = new Audience.Everyone();

  private final int sessions;
  private final BitSet refused = new BitSet();
  private int sent;

  public AtEveryone(int sessions) {
    this.sessions = sessions;
  }

  @Override
  public Choice next() {
    return new Choice(EVERYONE_AUDIENCE, EVERYONE, sent++, sessions);
  }

  @Override
  public void refused(int user, int sequence) {
    refused.set(sequence);
  }

  @Override
  public long expectedDeliveries() {
    return (long) (sent - refused.cardinality()) * sessions;
  }

  @Override
  public int sentTo(int user) {
    return sent;
  }

  @Override
  public BitSet refusedFor(int user) {
    return refused;
  }
}
