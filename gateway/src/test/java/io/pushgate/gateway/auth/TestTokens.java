package io.pushgate.gateway.auth;

import io.pushgate.gateway.config.TokenConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Tokens of every kind, good and bad, and what they are checked by. Any thread. */
final class TestTokens {
  static final String SECRET = "abcdef0123456789abcdef0123456789";

  private TestTokens() {}

  static TokenConfig config(String audience, String issuer, Duration leeway) {
    return new TokenConfig(
        Optional.of(Path.of("keys")),
        Optional.ofNullable(audience),
        Optional.ofNullable(issuer),
        leeway,
        false);
  }

  static KeyPair pair(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("RSA")) {
        generator.initialize(2048);
      } else if (algorithm.equals("EC")) {
        generator.initialize(256);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(Key key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  /** Signs a payload by any algorithm and key, however unwise. */
  static String signed(String algorithm, Key key, String kid, String payload) {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    jws.setDoKeyValidation(false);
    jws.setAlgorithmHeaderValue(algorithm);
    if (kid != null) {
      jws.setKeyIdHeaderValue(kid);
    }
    jws.setPayload(payload);
    jws.setKey(key);
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  static String claims(String subject, long expires) {
    return "{\"sub\":\"%s\",\"exp\":%d}".formatted(subject, expires);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
