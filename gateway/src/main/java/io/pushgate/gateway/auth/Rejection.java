package io.pushgate.gateway.auth;

import java.util.Locale;

/** Why a token is not believed. */
public enum Rejection {
  /** It is no signed JWT, or one of its claims is of another kind than it must be. */
  MALFORMED,
  /** No key of its algorithm, or none of its {@code kid}; {@code none} has no key, either. */
  UNKNOWN_KEY,
  BAD_SIGNATURE,
  EXPIRED,
  NOT_YET_VALID,
  /** It names no end of its validity. */
  WITHOUT_EXPIRY,
  WRONG_AUDIENCE,
  WRONG_ISSUER,
  /** Its {@code sub} is no user's name. */
  BAD_SUBJECT;

  /** As it stands in answers and metrics. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
