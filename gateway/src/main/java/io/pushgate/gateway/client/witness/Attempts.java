package io.pushgate.gateway.client.witness;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What became of the newest 10,000 handshakes that carried a {@code cid}, for a minute each, so
 * that a page can learn why its WebSocket never opened. Any thread.
 */
public final class Attempts {
  private static final int MAX_ATTEMPTS = 10_000;

  /** A longer path names no user: its escapes alone would make more than 254 bytes. */
  private static final int MAX_PATH = 1024;

  private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanoTime;
  private final Map<Key, Attempt> attempts = new LinkedHashMap<>();

  /** When the newest of those was made that had to go before its minute was over. */
  private @Nullable Long newestDropped;

  private record Key(String path, String cid) {}

  private record Attempt(Outcome outcome, long nanos) {}

  /**
   * How a handshake ended.
   *
   * @param code the problem's code; empty where the handshake was accepted
   * @param fix the line that a proxy is missing, where the handshake showed it
   */
  public record Outcome(int status, Optional<String> code, Optional<String> fix) {}

  /** Takes the clock, in the manner of {@link System#nanoTime()}. */
  public Attempts(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Remembers how the handshake of a cid on a path ended; the newest counts. */
  public synchronized void record(String path, String cid, Outcome outcome) {
    if (path.length() > MAX_PATH) {
      return;
    }
    Key key = new Key(path, cid);
    attempts.remove(key);
    if (attempts.size() == MAX_ATTEMPTS) {
      dropOldest();
    }
    attempts.put(key, new Attempt(outcome, nanoTime.getAsLong()));
  }

  /**
   * The member {@code attempt} of an answer: how the handshake ended, or that it was not seen;
   * empty where that is no longer known.
   */
  public synchronized Optional<Map<String, Object>> tell(String path, String cid) {
    Attempt attempt = attempts.get(new Key(path, cid));
    if (attempt != null && !isOver(attempt.nanos())) {
      return Optional.of(describe(attempt.outcome()));
    }
    boolean certain = newestDropped == null || isOver(newestDropped);
    return certain && path.length() <= MAX_PATH
        ? Optional.of(Map.of("seen", false))
        : Optional.empty();
  }

  private void dropOldest() {
    var oldest = attempts.entrySet().iterator();
    long made = oldest.next().getValue().nanos();
    oldest.remove();
    if (!isOver(made)) {
      newestDropped = made;
    }
  }

  private boolean isOver(long made) {
    return nanoTime.getAsLong() - made > KEPT_NANOS;
  }

  private static Map<String, Object> describe(Outcome outcome) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("seen", true);
    told.put("status", outcome.status());
    outcome.code().ifPresent(code -> told.put("code", code));
    outcome.fix().ifPresent(fix -> told.put("fix", fix));
    return told;
  }
}
