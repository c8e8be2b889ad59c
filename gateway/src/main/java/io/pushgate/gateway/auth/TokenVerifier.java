package io.pushgate.gateway.auth;

import io.pushgate.gateway.config.TokenConfig;
import io.pushgate.protocol.UserId;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens against some keys and what is configured beside them. Immutable, any thread; a
 * check is some ten to a hundred microseconds of processor time, and waits for nothing.
 */
final class TokenVerifier {
  private final List<SigningKey> keys;
  private final TokenConfig config;
  private final LongSupplier wallMillis;

  TokenVerifier(List<SigningKey> keys, TokenConfig config, LongSupplier wallMillis) {
    this.keys = List.copyOf(keys);
    this.config = config;
    this.wallMillis = wallMillis;
  }

  /** Who the token says somebody is, where it is to be believed. */
  Identity verify(String token) throws RejectedTokenException {
    try {
      return identity(claims(payload(token)));
    } catch (ClassCastException | IllegalArgumentException ofAnotherShape) {
      // The library casts what it finds in a header: {"alg":1}.
      throw rejected(Rejection.MALFORMED, "one of its members is of another kind than it must be");
    }
  }

  private String payload(String token) throws RejectedTokenException {
    JsonWebSignature jws = new JsonWebSignature();
    try {
      jws.setCompactSerialization(token);
    } catch (JoseException noToken) {
      throw rejected(Rejection.MALFORMED, "it is no signed JWT");
    }
    String algorithm = jws.getAlgorithmHeaderValue();
    String id = jws.getKeyIdHeaderValue();
    List<SigningKey> candidates = candidates(algorithm, id);
    if (candidates.isEmpty()) {
      throw rejected(Rejection.UNKNOWN_KEY, "there is no key for its algorithm and kid");
    }
    for (SigningKey each : candidates) {
      if (isSignedBy(each, jws)) {
        return jws.getUnverifiedPayload();
      }
    }
    throw rejected(Rejection.BAD_SIGNATURE, "its signature is none of the known keys'");
  }

  private static boolean isSignedBy(SigningKey key, JsonWebSignature jws) {
    try {
      jws.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, key.algorithm()));
      jws.setKey(key.key());
      return jws.verifySignature();
    } catch (JoseException notByThisKey) {
      return false;
    }
  }

  /** A key that has an id is for the tokens that name it, and for those that name none. */
  private List<SigningKey> candidates(@Nullable String algorithm, @Nullable String id) {
    return keys.stream()
        .filter(key -> key.algorithm().equals(algorithm))
        .filter(key -> id == null || key.id().isEmpty() || key.id().get().equals(id))
        .toList();
  }

  private static JwtClaims claims(String payload) throws RejectedTokenException {
    try {
      return JwtClaims.parse(payload);
    } catch (InvalidJwtException noClaims) {
      throw rejected(Rejection.MALFORMED, "its payload is no JSON object");
    }
  }

  private Identity identity(JwtClaims claims) throws RejectedTokenException {
    try {
      long leeway = config.leeway().toMillis();
      long now = wallMillis.getAsLong();
      NumericDate expires = claims.getExpirationTime();
      NumericDate begins = claims.getNotBefore();
      if (expires == null) {
        throw rejected(Rejection.WITHOUT_EXPIRY, "it has no exp");
      }
      long ends = Math.addExact(expires.getValueInMillis(), leeway);
      if (now >= ends) {
        throw rejected(Rejection.EXPIRED, "it expired at " + expires.getValue());
      }
      if (begins != null && now < begins.getValueInMillis() - leeway) {
        throw rejected(Rejection.NOT_YET_VALID, "it begins at " + begins.getValue());
      }
      checkMeantForUs(claims);
      return new Identity(user(claims), expires.getValue(), ends);
    } catch (MalformedClaimException | ArithmeticException ofAnotherKind) {
      throw rejected(Rejection.MALFORMED, "one of its claims is of another kind than it must be");
    }
  }

  private void checkMeantForUs(JwtClaims claims)
      throws MalformedClaimException, RejectedTokenException {
    Optional<String> audience = config.audience();
    if (audience.isPresent() && !claims.getAudience().contains(audience.get())) {
      throw rejected(Rejection.WRONG_AUDIENCE, "its aud is not that of --token-audience");
    }
    Optional<String> issuer = config.issuer();
    if (issuer.isPresent() && !issuer.get().equals(claims.getIssuer())) {
      throw rejected(Rejection.WRONG_ISSUER, "its iss is not that of --token-issuer");
    }
  }

  private static UserId user(JwtClaims claims)
      throws MalformedClaimException, RejectedTokenException {
    String subject = claims.getSubject();
    String fault = subject == null ? "is missing" : UserId.fault(subject);
    if (fault != null) {
      throw rejected(Rejection.BAD_SUBJECT, "its sub " + fault);
    }
    return UserId.of(String.valueOf(subject));
  }

  private static RejectedTokenException rejected(Rejection why, String message) {
    return new RejectedTokenException(why, "the token is not believed: " + message);
  }
}
