package io.pushgate.gateway.broker.memory;

import io.pushgate.gateway.broker.Publication;
import io.pushgate.protocol.ingress.NackCode;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Which push ids were taken within the dedupe window. <em>Any thread.</em>
 *
 * <p>An id is claimed before the first journal is touched and settled after the last; a repeat in
 * between waits for the first one's answer, a repeat of one that failed completes it.
 */
final class Claims {
  /** When a claim was to be forgotten, as it stood at the end of one attempt. */
  private record Due(Claim claim, long millis) {}

  private final ConcurrentMap<String, Claim> claims = new ConcurrentHashMap<>();
  private final Queue<Due> dues = new ConcurrentLinkedQueue<>();
  private final long ageMillis;
  private final int maxCount;

  Claims(long ageMillis, int maxCount) {
    this.ageMillis = ageMillis;
    this.maxCount = maxCount;
  }

  /**
   * Claims the id for this push and answers the claim that it now carries on, or null where
   * somebody else's answer is, or will be, this push's too, or there is no room.
   */
  @Nullable Claim claim(String id, Publication publication) {
    long now = publication.receivedMillis();
    forget(now);
    Claim known = claims.get(id);
    if (known == null) {
      if (claims.size() >= maxCount) {
        publication
            .outcome()
            .nacked(
                id,
                NackCode.OVERLOADED,
                "dedupe-count: " + maxCount + " ids are remembered already");
        return null;
      }
      Claim fresh = new Claim(id);
      known = claims.putIfAbsent(id, fresh);
      if (known == null) {
        return fresh;
      }
    }
    return known.repeat(publication) ? known : null;
  }

  /** Remembers a push of a made id that failed half-way, so that a repeat completes it. */
  void keep(Claim claim) {
    claims.putIfAbsent(claim.id(), claim);
  }

  /** An attempt ended, well or not: starts the claim's dedupe window. */
  void ended(Claim claim, long nowMillis) {
    Due due = new Due(claim, nowMillis + ageMillis);
    claim.forgetAt(due.millis());
    dues.add(due);
  }

  private void forget(long nowMillis) {
    Due oldest = dues.peek();
    while (oldest != null && nowMillis >= oldest.millis()) {
      // One that was completed since has a later due of its own.
      if (dues.remove(oldest) && oldest.claim().forgottenAtMillis() == oldest.millis()) {
        claims.remove(oldest.claim().id(), oldest.claim());
      }
      oldest = dues.peek();
    }
  }
}
