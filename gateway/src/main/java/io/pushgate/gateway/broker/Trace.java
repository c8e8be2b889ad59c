package io.pushgate.gateway.broker;

import io.pushgate.protocol.ingress.DeliveryState;
import java.util.List;

/**
 * What the journals know of one notification. <em>Immutable.</em>
 *
 * @param receivedMillis when the gateway received it, in milliseconds since 1970
 * @param journalledMillis when it was stored
 * @param acknowledged by how many users
 * @param deliveries one a user, the unfinished ones first; of a broadcast a single one, in
 *     everyone's journal
 */
public record Trace(
    String id,
    long receivedMillis,
    long journalledMillis,
    int acknowledged,
    List<Delivery> deliveries) {

  public Trace {
    deliveries = List.copyOf(deliveries);
  }

  /**
   * How it stands in one journal.
   *
   * @param state never {@link DeliveryState#SENT}: what was sent, the sessions know
   * @param sinceMillis when it came into that state
   */
  public record Delivery(JournalId journal, long offset, DeliveryState state, long sinceMillis) {}
}
