package io.pushgate.gateway.session;

/**
 * Until when a client may stay, and how it asks for longer. Its session's event loop alone uses it.
 */
public interface Lease {

  /** Without end, and without a way to prolong it: no tokens are asked for. */
  Lease ENDLESS =
      new Lease() {
        @Override
        public long endsMillis() {
          return Long.MAX_VALUE;
        }

        @Override
        public Renewal renew(String token) {
          return Renewal.refused("this gateway has no token keys, so no token is renewed");
        }
      };

  /** In ms since the epoch. */
  long endsMillis();

  /** Prolongs it by a token, or leaves it as it is. */
  Renewal renew(String token);

  /**
   * What became of a token. Immutable.
   *
   * @param expires the token's {@code exp} in seconds since the epoch
   * @param reason why it was refused
   */
  record Renewal(Outcome outcome, long expires, String reason) {

    /** How it came out. */
    public enum Outcome {
      RENEWED,
      REFUSED,
      /** The token is good, and another user's. */
      NOT_YOURS
    }

    public static Renewal until(long expires) {
      return new Renewal(Outcome.RENEWED, expires, "");
    }

    public static Renewal refused(String reason) {
      return new Renewal(Outcome.REFUSED, 0, reason);
    }

    public static Renewal notYours() {
      return new Renewal(Outcome.NOT_YOURS, 0, "the token is another user's");
    }
  }
}
