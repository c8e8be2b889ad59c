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
   * @param verdict why it was refused, or is suspect
   */
  public record Outcome(int status, Optional<String> code, Optional<Verdict> verdict) {}

  /** What is known of a handshake; the outcome is empty where it was not seen. */
  public record Answer(Optional<Outcome> outcome) {

    /** The member {@code attempt} of a problem. */
    public Map<String, Object> members() {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("seen", outcome.isPresent());
      outcome.ifPresent(
          known -> {
            told.put("status", known.status());
            known.code().ifPresent(code -> told.put("code", code));
            known.verdict().ifPresent(verdict -> told.put("cause", verdict.cause().wire()));
            known.verdict().flatMap(Verdict::fix).ifPresent(fix -> told.put("fix", fix));
          });
      return told;
    }
  }

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

  /** How a handshake ended, or that it was not seen; empty where that is no longer known. */
  public synchronized Optional<Answer> tell(String path, String cid) {
    Attempt attempt = attempts.get(new Key(path, cid));
    if (attempt != null && !isOver(attempt.nanos())) {
      return Optional.of(new Answer(Optional.of(attempt.outcome())));
    }
    boolean certain = newestDropped == null || isOver(newestDropped);
    return certain && path.length() <= MAX_PATH
        ? Optional.of(new Answer(Optional.empty()))
        : Optional.empty();
  }

  /** How many are remembered. */
  public synchronized int size() {
    return attempts.size();
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
}
