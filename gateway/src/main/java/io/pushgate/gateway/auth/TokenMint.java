package io.pushgate.gateway.auth;

import io.pushgate.protocol.UserId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * Makes tokens for development, with a secret or a private key in a JWKS: in production that is the
 * work of whoever knows the users. Any thread.
 */
public final class TokenMint {
  private final SigningKey key;

  private TokenMint(SigningKey key) {
    this.key = key;
  }

  /**
   * Reads a file of keys, of which the first that can sign does.
   *
   * @throws IllegalArgumentException names the file and what is wrong with it
   */
  public static TokenMint of(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, StandardCharsets.UTF_8).strip();
      if (text.startsWith("{")) {
        return new TokenMint(privateKey(text));
      }
      SigningKey key = KeyText.parse(bytes).get(0);
      if (key.key() instanceof PublicKey) {
        throw onlyPublic();
      }
      return new TokenMint(key);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(file + " holds nothing that can be read", unreadable);
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException(file + " holds " + refused.getMessage(), refused);
    }
  }

  /** A token for a user. */
  public String token(
      UserId user, Duration life, Optional<String> audience, Optional<String> issuer) {
    JwtClaims claims = new JwtClaims();
    claims.setSubject(user.toString());
    claims.setExpirationTime(NumericDate.fromSeconds(Instant.now().plus(life).getEpochSecond()));
    audience.ifPresent(claims::setAudience);
    issuer.ifPresent(claims::setIssuer);
    JsonWebSignature jws = new JsonWebSignature();
    jws.setPayload(claims.toJson());
    jws.setAlgorithmHeaderValue(key.algorithm());
    key.id().ifPresent(jws::setKeyIdHeaderValue);
    jws.setKey(key.key());
    try {
      return jws.getCompactSerialization();
    } catch (JoseException refused) {
      throw new IllegalArgumentException("a key that cannot sign", refused);
    }
  }

  private static SigningKey privateKey(String json) {
    try {
      List<JsonWebKey> all =
          json.contains("\"keys\"")
              ? new JsonWebKeySet(json).getJsonWebKeys()
              : List.of(JsonWebKey.Factory.newJwk(json));
      for (JsonWebKey each : all) {
        Optional<String> id = Optional.ofNullable(each.getKeyId());
        Key signing = each instanceof PublicJsonWebKey pair ? pair.getPrivateKey() : each.getKey();
        if (signing != null) {
          return each instanceof PublicJsonWebKey
              ? new SigningKey(id, SigningKey.of(id, each.getKey()).algorithm(), signing)
              : SigningKey.ofSecret(id, signing);
        }
      }
      throw onlyPublic();
    } catch (JoseException broken) {
      throw new IllegalArgumentException("no JWKS: it cannot be read as one", broken);
    }
  }

  private static IllegalArgumentException onlyPublic() {
    return new IllegalArgumentException(
        "public keys alone, which check tokens and make none; expected a secret, or a JWKS with a private key");
  }
}
