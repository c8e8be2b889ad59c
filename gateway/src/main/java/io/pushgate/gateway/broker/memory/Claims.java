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
  private final ConcurrentMap<String, Claim> claims = new ConcurrentHashMap<>();
  private final Queue<Claim> settled = new ConcurrentLinkedQueue<>();
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

  /** Starts the claim's dedupe window. */
  void settled(Claim claim, long nowMillis) {
    claim.forgetAt(nowMillis + ageMillis);
    settled.add(claim);
  }

  private void forget(long nowMillis) {
    Claim oldest = settled.peek();
    while (oldest != null && oldest.forgottenAt(nowMillis)) {
      if (settled.remove(oldest)) {
        claims.remove(oldest.id(), oldest);
      }
      oldest = settled.peek();
    }
  }
}
