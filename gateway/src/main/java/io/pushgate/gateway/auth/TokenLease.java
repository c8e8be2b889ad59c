package io.pushgate.gateway.auth;

import io.pushgate.gateway.session.Lease;

/** Lasts as long as the newest token of one user. Its session's event loop alone uses it. */
public final class TokenLease implements Lease {
  private final Tokens tokens;
  private Identity identity;

  public TokenLease(Tokens tokens, Identity identity) {
    this.tokens = tokens;
    this.identity = identity;
  }

  @Override
  public long endsMillis() {
    return identity.endsMillis();
  }

  @Override
  public Renewal renew(String token) {
    try {
      Identity next = tokens.verify(token);
      if (!next.user().equals(identity.user())) {
        return Renewal.notYours();
      }
      identity = next;
      return Renewal.until(next.expires());
    } catch (RejectedTokenException rejected) {
      return Renewal.refused(String.valueOf(rejected.getMessage()));
    }
  }
}
