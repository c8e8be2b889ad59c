package io.pushgate.protocol.ingress;

import io.pushgate.protocol.Limits;
import io.pushgate.protocol.Names;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher asks for, whichever form it came in. Names are checked where the values are
 * made, so every request that exists obeys the limits of its fields. Immutable.
 */
public sealed interface IngressRequest {

  /**
   * Introduces the publisher, once. The secret never shows in a text made of this request.
   *
   * @param after the cursor behind which receipts begin, or a text that is none, which the answer
   *     tells
   */
  record Hello(@Nullable String secret, @Nullable String publisher, @Nullable String after)
      implements IngressRequest {
    public Hello {
      checkName("publisher", publisher);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.hello(this);
    }

    @Override
    public String toString() {
      String shown = secret == null ? "none" : "***";
      return "Hello[secret=%s, publisher=%s, after=%s]".formatted(shown, publisher, after);
    }
  }

  /**
   * One notification for an audience.
   *
   * @param id the publisher's idempotency key; null lets the gateway make one
   * @param ttlSeconds {@link #NO_TTL} where the journal's age bound is the only one
   * @param collapse of those held for a user only the newest with the same key is replayed
   * @param receipt whether the publisher is told how it ended for each user; not for everyone
   */
  record Push(
      Audience to,
      @Nullable String id,
      @Nullable String type,
      Payload data,
      int ttlSeconds,
      @Nullable String collapse,
      boolean receipt)
      implements IngressRequest {
    public static final int NO_TTL = -1;

    public Push {
      checkName("id", id);
      checkName("type", type);
      checkName("collapse", collapse);
      if (ttlSeconds < NO_TTL) {
        throw new IllegalArgumentException("ttl is negative");
      }
      if (receipt && to instanceof Audience.Everyone) {
        throw new IllegalArgumentException("receipt is not given for a push to everyone");
      }
    }

    /** The same with this id. */
    public Push withId(String newId) {
      return new Push(to, newId, type, data, ttlSeconds, collapse, receipt);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.push(this);
    }
  }

  /** Takes back the notification of this id where it is still held. */
  record Recall(String id) implements IngressRequest {
    public Recall {
      checkName("id", id);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.recall(this);
    }
  }

  /** Asks how many sessions a user has now. */
  record Presence(UserId user) implements IngressRequest {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.presence(this);
    }
  }

  /** Asks how far the notification of this id came. */
  record Status(String id) implements IngressRequest {
    public Status {
      checkName("id", id);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.status(this);
    }
  }

  /** Asks for a {@code pong}. */
  record Ping() implements IngressRequest {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ping(this);
    }
  }

  <R> R match(Cases<R> cases);

  /** One answer for each kind of request. */
  interface Cases<R> {
    R hello(Hello request);

    R push(Push request);

    R recall(Recall request);

    R presence(Presence request);

    R status(Status request);

    R ping(Ping request);
  }

  private static void checkName(String field, @Nullable String name) {
    if (name != null) {
      Names.check(field, name, Limits.MAX_NAME_BYTES);
    }
  }
}
