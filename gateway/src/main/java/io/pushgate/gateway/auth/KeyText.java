package io.pushgate.gateway.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * The three forms of a file of keys: a JWKS (RFC 7517), public keys in PEM (RFC 7468), or a secret.
 * Any thread.
 */
final class KeyText {
  static final int MIN_SECRET_BYTES = 32;

  /** The first byte of keys in DER, which are none of the three. */
  private static final int DER_SEQUENCE = 0x30;

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  /** What is published, wherever it stands: behind a comment or a byte order mark, too. */
  private static final Pattern PUBLISHED =
      Pattern.compile(
          "-----BEGIN |\"kty\"\\s*:|(\\A\\s*|\\s)((ssh-|ecdsa-sha2-|sk-)|AAAA[A-Za-z0-9+/]{16})");

  private static final Pattern BASE64_OF_DER =
      Pattern.compile("(?<![A-Za-z0-9+/])M[A-Za-z0-9+/]{30,}={0,2}");
  private static final Pattern LINES_OF_DER =
      Pattern.compile("(?<![A-Za-z0-9+/])M[A-Za-z0-9+/\\s]{30,}={0,2}");

  private KeyText() {}

  /**
   * Reads a file's bytes.
   *
   * @throws IllegalArgumentException says what was expected, and holds nothing of a key
   */
  static List<SigningKey> parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String begin = text.stripLeading();
    if (begin.startsWith("{")) {
      return jwks(new String(bytes, StandardCharsets.UTF_8));
    }
    if (begin.startsWith("-----")) {
      return pem(text);
    }
    return List.of(secret(bytes, text));
  }

  private static SigningKey secret(byte[] bytes, String text) {
    byte[] secret = Arrays.copyOf(bytes, text.replaceFirst("\r?\n\\z", "").length());
    if (secret.length > 0 && secret[0] == DER_SEQUENCE
        || PUBLISHED.matcher(text.replace("\0", "")).find()
        || holdsEncodedKey(text.replace("\0", ""))) {
      throw new IllegalArgumentException(
          "a key in a form that is none of JWKS and PEM from the first character on, and no secret");
    }
    if (secret.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "%d bytes; a secret has at least %d".formatted(secret.length, MIN_SECRET_BYTES));
    }
    return SigningKey.ofSecret(Optional.empty(), new HmacKey(secret));
  }

  /** A public key in base64 is published: taken for a secret, it would let everybody in. */
  private static boolean holdsEncodedKey(String text) {
    return Stream.of(BASE64_OF_DER, LINES_OF_DER)
        .flatMap(form -> form.matcher(text).results())
        .anyMatch(run -> isEncodedKey(run.group()));
  }

  private static boolean isEncodedKey(String base64) {
    try {
      return publicKey(Base64.getMimeDecoder().decode(base64)).isPresent();
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /** Of whichever kind it is. */
  private static Optional<PublicKey> publicKey(byte[] der) {
    return Stream.of("RSA", "EC", "Ed25519")
        .map(algorithm -> publicKey(algorithm, der))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<PublicKey> publicKey(String algorithm, byte[] der) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
    } catch (GeneralSecurityException ofAnotherKind) {
      return Optional.empty();
    }
  }

  private static List<SigningKey> pem(String text) {
    List<SigningKey> keys = new ArrayList<>();
    Matcher blocks = PEM.matcher(text);
    while (blocks.find()) {
      if (!blocks.group(1).equals("PUBLIC KEY")) {
        throw new IllegalArgumentException(
            "a PEM block of " + blocks.group(1) + "; expected PUBLIC KEY");
      }
      keys.add(SigningKey.of(Optional.empty(), publicKey(blocks.group(2))));
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no whole PEM block of PUBLIC KEY");
    }
    return keys;
  }

  private static PublicKey publicKey(String base64) {
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException broken) {
      throw new IllegalArgumentException("a PEM block that is no base64", broken);
    }
    return publicKey(der)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a PEM block that is no RSA, EC or Ed25519 public key"));
  }

  /** Keys for other purposes are passed over; a set of which none is left is refused. */
  private static List<SigningKey> jwks(String json) {
    List<JsonWebKey> all;
    try {
      all =
          json.contains("\"keys\"")
              ? new JsonWebKeySet(json).getJsonWebKeys()
              : List.of(JsonWebKey.Factory.newJwk(json));
    } catch (JoseException | RuntimeException broken) {
      // The library casts what it finds, so JSON of another shape is a ClassCastException.
      throw new IllegalArgumentException("no JWKS: it cannot be read as one", broken);
    }
    List<SigningKey> keys = new ArrayList<>();
    for (JsonWebKey each : all) {
      if (each.getUse() == null || each.getUse().equals("sig")) {
        usable(each).ifPresent(keys::add);
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "no key for RS256, ES256, EdDSA or HS256 among the %d of the JWKS".formatted(all.size()));
    }
    return keys;
  }

  private static Optional<SigningKey> usable(JsonWebKey jwk) {
    Optional<String> id = Optional.ofNullable(jwk.getKeyId());
    SigningKey key;
    if (jwk instanceof OctetSequenceJsonWebKey octets) {
      if (octets.getOctetSequence().length < MIN_SECRET_BYTES) {
        throw new IllegalArgumentException(
            "an oct key of less than %d bytes".formatted(MIN_SECRET_BYTES));
      }
      key = SigningKey.ofSecret(id, octets.getKey());
    } else if (jwk instanceof PublicJsonWebKey) {
      try {
        key = SigningKey.of(id, jwk.getKey());
      } catch (IllegalArgumentException ofAnotherKind) {
        return Optional.empty();
      }
    } else {
      return Optional.empty();
    }
    return jwk.getAlgorithm() == null || jwk.getAlgorithm().equals(key.algorithm())
        ? Optional.of(key)
        : Optional.empty();
  }
}
