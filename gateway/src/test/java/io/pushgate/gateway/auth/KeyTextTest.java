package io.pushgate.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that a file of keys may have, and those that it must not. */
class KeyTextTest {
  private static final PublicKey RSA = TestTokens.pair("RSA").getPublic();

  @ParameterizedTest
  @CsvSource({"RSA, RS256", "EC, ES256", "Ed25519, EdDSA"})
  void aPublicKeyInPemHasTheAlgorithmOfItsKind(String kind, String algorithm) {
    String pem = TestTokens.pem(TestTokens.pair(kind).getPublic());

    assertThat(algorithms(pem)).containsExactly(algorithm);
  }

  @Test
  void anRsaKeyThatIsTooShortIsRefused() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    String pem = TestTokens.pem(generator.generateKeyPair().getPublic());

    assertThatThrownBy(() -> KeyText.parse(TestTokens.bytes(pem)))
        .hasMessageContaining("2048 bits or more");
  }

  @Test
  void aFileMayHoldSeveralPublicKeys() {
    String both = TestTokens.pem(RSA) + TestTokens.pem(TestTokens.pair("EC").getPublic());

    assertThat(algorithms(both)).containsExactly("RS256", "ES256");
  }

  @Test
  void ofASetOnlyTheKeysForSigningCount() throws Exception {
    String set =
        "{\"keys\":[%s,%s,%s]}"
            .formatted(
                jwk(RSA, "a", null, null),
                jwk(TestTokens.pair("EC").getPublic(), "b", "enc", null),
                jwk(TestTokens.pair("RSA").getPublic(), "c", "sig", "RS512"));

    assertThat(KeyText.parse(TestTokens.bytes(set))).hasToString("[RS256 a]");
  }

  @Test
  void aSecretIsTheWholeFileButForItsLastLineBreak() {
    String secret = TestTokens.SECRET;

    for (String file : List.of(secret, secret + "\n", secret + "\r\n")) {
      SigningKey key = KeyText.parse(TestTokens.bytes(file)).get(0);
      assertThat(key.algorithm()).isEqualTo("HS256");
      assertThat(key.key().getEncoded()).isEqualTo(TestTokens.bytes(secret));
    }
    SigningKey spaced = KeyText.parse(TestTokens.bytes(secret + " \n\n")).get(0);
    assertThat(spaced.key().getEncoded()).isEqualTo(TestTokens.bytes(secret + " \n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "abcdef0123456789abcdef012345678\n",
        "{\"keys\":[]}",
        "{\"keys\":{}}",
        "{\"keys\":\"AAAA\"}",
        "{\"keys\":[1]}",
        "{\"keys\":[{\"kty\":1}]}",
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2hvcnQ\"}]}",
        "{ not json, but long enough to be a secret of its own }",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN PUBLIC KEY-----\nAAAA",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB you@there",
        "0ne secret that begins with the first byte of DER is refused"
      })
  void whatIsNoneOfTheThreeIsRefusedWithoutShowingIt(String text) {
    assertThatThrownBy(() -> KeyText.parse(TestTokens.bytes(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotEmpty()
        .doesNotContain("AAAA", "secret that begins", "c2hvcnQ", "0123456789");
  }

  @Test
  void aPublicKeyIsNeverTakenForASecret() {
    String der = new String(RSA.getEncoded(), StandardCharsets.ISO_8859_1);
    String base64 = Base64.getEncoder().encodeToString(RSA.getEncoded());

    assertThatThrownBy(() -> KeyText.parse(der.getBytes(StandardCharsets.ISO_8859_1)))
        .hasMessageContaining("no secret");
    assertThatThrownBy(() -> KeyText.parse(TestTokens.bytes(base64)))
        .hasMessageContaining("no secret");
  }

  @Test
  void aPublicKeyBehindSomethingElseIsNeverTakenForASecret() throws Exception {
    String pem = TestTokens.pem(RSA);
    String jwk = jwk(RSA, "a", "sig", "RS256");
    String ssh = "AAAAC3NzaC1lZDI1NTE5AAAAIBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB";

    for (String file :
        List.of(
            "\ufeff" + pem,
            "# the key of the shop\n" + pem,
            "\ufeff{\"keys\":[" + jwk + "]}",
            "[" + jwk + "]",
            "key: " + jwk,
            "restrict,pty ssh-ed25519 " + ssh,
            "# of the shop\nssh-ed25519 " + ssh,
            ssh,
            "# of the shop\n" + base64(60) + "\n",
            "key: " + base64(0) + " # of the shop",
            base64(0) + " of the shop",
            "# of the shop\n-----BEGIN CERTIFICATE-----\nZZZZ\n-----END CERTIFICATE-----")) {
      for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
        assertThatThrownBy(() -> KeyText.parse(file.getBytes(charset)))
            .as("%s: %s", charset, file)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("no secret");
      }
    }
  }

  private static String base64(int lineLength) {
    Base64.Encoder encoder =
        lineLength == 0
            ? Base64.getEncoder()
            : Base64.getMimeEncoder(lineLength, TestTokens.bytes("\n"));
    return encoder.encodeToString(RSA.getEncoded());
  }

  private static List<String> algorithms(String file) {
    return KeyText.parse(TestTokens.bytes(file)).stream().map(SigningKey::algorithm).toList();
  }

  private static String jwk(PublicKey key, String id, String use, String algorithm)
      throws Exception {
    PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(key);
    jwk.setKeyId(id);
    jwk.setUse(use);
    jwk.setAlgorithm(algorithm);
    return jwk.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }
}
