package io.pushgate.gateway.auth;

import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.Optional;
import org.jose4j.jws.AlgorithmIdentifiers;

/**
 * One key and the one algorithm that it is for: what a token's header says of its algorithm only
 * chooses among keys (RFC 8725, section 3.1). Immutable.
 *
 * @param id the {@code kid} that tokens may name it by
 * @param algorithm RS256, ES256, EdDSA or HS256
 */
record SigningKey(Optional<String> id, String algorithm, Key key) {
  private static final int P_256 = 256;
  private static final int MIN_RSA_BITS = 2048;

  /** A public key with the algorithm of its kind. */
  static SigningKey of(Optional<String> id, Key key) {
    if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= MIN_RSA_BITS) {
      return new SigningKey(id, AlgorithmIdentifiers.RSA_USING_SHA256, key);
    }
    if (key instanceof ECKey ec && ec.getParams().getCurve().getField().getFieldSize() == P_256) {
      return new SigningKey(id, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256, key);
    }
    if (key instanceof EdECKey ed && ed.getParams().getName().equals("Ed25519")) {
      return new SigningKey(id, AlgorithmIdentifiers.EDDSA, key);
    }
    throw new IllegalArgumentException(
        "a key that is none of RSA of 2048 bits or more (RS256), EC P-256 (ES256) and Ed25519 (EdDSA)");
  }

  static SigningKey ofSecret(Optional<String> id, Key key) {
    return new SigningKey(id, AlgorithmIdentifiers.HMAC_SHA256, key);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return algorithm + id.map(kid -> " " + kid).orElse("");
  }
}
