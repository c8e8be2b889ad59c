package io.pushgate.gateway.broker;

import io.pushgate.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * One notification in one journal. <em>Immutable.</em>
 *
 * @param offset its place: ascends through the whole store and is not dense; the first is 1
 * @param previous the offset of the entry appended before it to the same journal, 0 for the first
 *     and where nothing is known of one before: a reader that has not seen that one has missed
 *     something and goes to the journal
 * @param kind a notification, or the recall of an earlier one, whose data is null
 * @param timestampMillis when the gateway received it, in milliseconds since 1970
 * @param expiresMillis when its own ttl ends, {@link #NEVER} where it named none
 * @param collapse of those held with the same key only the newest is replayed; null for none
 */
public record Entry(
    long offset,
    long previous,
    Kind kind,
    String id,
    @Nullable String type,
    long timestampMillis,
    long expiresMillis,
    @Nullable String collapse,
    Payload data) {

  /** What an entry says to a client. */
  public enum Kind {
    NOTIFICATION,
    RECALL
  }

  public static final long NEVER = Long.MAX_VALUE;

  public boolean expired(long nowMillis) {
    return nowMillis >= expiresMillis;
  }
}
