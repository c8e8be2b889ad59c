package io.pushgate.protocol.publisher;

import io.pushgate.protocol.Limits;
import io.pushgate.protocol.Names;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link PublisherClient} pushes to, as whom, and within which bounds. Immutable.
 *
 * @param publisher the name under which receipts are kept; null for none
 * @param secret what the gateway's {@code --ingress-secret-file} asks for; null for none
 * @param receiptsAfter the cursor of the newest receipt that was dealt with, behind which receipts
 *     begin; {@code end} for only those that are still to come; null for all that are held
 * @param maxInFlight requests without an answer at most, also those that wait for a connection; one
 *     more is refused
 * @param tls null for none
 */
public record PublisherOptions(
    String host,
    int port,
    @Nullable String publisher,
    @Nullable String secret,
    @Nullable String receiptsAfter,
    int maxInFlight,
    Times times,
    @Nullable PublisherTls tls) {

  /**
   * How long what may take. Immutable.
   *
   * @param connectTimeout for one attempt to connect
   * @param answerTimeout how long the gateway may be silent while it owes an answer, before another
   *     connection is tried; where it owes none, it is then asked for a sign of life
   * @param closeTimeout how long {@link PublisherClient#close} waits for answers
   * @param minBackoff around which the first wait before another attempt to connect lies
   * @param maxBackoff the longest such wait
   */
  public record Times(
      Duration connectTimeout,
      Duration answerTimeout,
      Duration closeTimeout,
      Duration minBackoff,
      Duration maxBackoff) {

    /** Suit a service beside its gateway. */
    public static final Times DEFAULT =
        new Times(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(10));

    public Times {
      checkPositive("connectTimeout", connectTimeout);
      checkPositive("answerTimeout", answerTimeout);
      checkPositive("closeTimeout", closeTimeout);
      checkPositive("minBackoff", minBackoff);
      if (maxBackoff.compareTo(minBackoff) < 0) {
        throw new IllegalArgumentException("maxBackoff is less than minBackoff");
      }
    }

    private static void checkPositive(String name, Duration time) {
      if (time.isNegative() || time.isZero()) {
        throw new IllegalArgumentException(name + " is longer than nothing, not " + time);
      }
    }
  }

  public PublisherOptions {
    if (port < 1 || port > 0xffff) {
      throw new IllegalArgumentException("port is 1 to 65535, not " + port);
    }
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("maxInFlight is at least 1, not " + maxInFlight);
    }
    if (publisher != null) {
      Names.check("publisher", publisher, Limits.MAX_NAME_BYTES);
    }
  }

  /** Without a name and a secret, 10,000 in flight, {@link Times#DEFAULT}. */
  public static PublisherOptions of(String host, int port) {
    return new PublisherOptions(host, port, null, null, null, 10_000, Times.DEFAULT, null);
  }

  /** The same with a name, a secret, or both. */
  public PublisherOptions as(@Nullable String name, @Nullable String withSecret) {
    return new PublisherOptions(
        host, port, name, withSecret, receiptsAfter, maxInFlight, times, tls);
  }

  /** The same with receipts from another place. */
  public PublisherOptions withReceiptsAfter(@Nullable String cursor) {
    return new PublisherOptions(host, port, publisher, secret, cursor, maxInFlight, times, tls);
  }

  /** The same over TLS. */
  public PublisherOptions withTls(PublisherTls spoken) {
    return new PublisherOptions(
        host, port, publisher, secret, receiptsAfter, maxInFlight, times, spoken);
  }

  public PublisherOptions withMaxInFlight(int requests) {
    return new PublisherOptions(host, port, publisher, secret, receiptsAfter, requests, times, tls);
  }

  public PublisherOptions withTimeouts(Duration connect, Duration answer, Duration close) {
    return with(new Times(connect, answer, close, times.minBackoff, times.maxBackoff));
  }

  public PublisherOptions withBackoff(Duration min, Duration max) {
    return with(new Times(times.connectTimeout, times.answerTimeout, times.closeTimeout, min, max));
  }

  private PublisherOptions with(Times others) {
    return new PublisherOptions(
        host, port, publisher, secret, receiptsAfter, maxInFlight, others, tls);
  }

  /** Where to, and as whom: the secret stays out of it. */
  @Override
  public String toString() {
    return "PublisherOptions[%s:%d, publisher=%s, secret=%s]"
        .formatted(host, port, publisher, secret == null ? "none" : "***");
  }
}
