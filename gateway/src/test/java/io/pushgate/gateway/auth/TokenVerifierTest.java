package io.pushgate.gateway.auth;

import static io.pushgate.gateway.auth.TestTokens.claims;
import static io.pushgate.gateway.auth.TestTokens.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pushgate.gateway.testing.TestClock;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are believed. */
class TokenVerifierTest {
  private static final Duration LEEWAY = Duration.ofSeconds(30);
  private static final KeyPair RSA = TestTokens.pair("RSA");
  private static final KeyPair EC = TestTokens.pair("EC");
  private static final KeyPair ED = TestTokens.pair("Ed25519");
  private static final HmacKey SECRET = new HmacKey(TestTokens.bytes(TestTokens.SECRET));

  private final TestClock clock = new TestClock();
  private final long now = clock.getAsLong() / 1000;

  @Test
  void eachAlgorithmIsBelievedByTheKeyThatItBelongsTo() throws Exception {
    TokenVerifier all = verifier(pem(RSA) + pem(EC) + pem(ED));
    String alice = claims("alice@example.com", now + 60);

    for (String token :
        List.of(
            signed("RS256", RSA.getPrivate(), null, alice),
            signed("ES256", EC.getPrivate(), null, alice),
            signed("EdDSA", ED.getPrivate(), null, alice))) {
      Identity identity = all.verify(token);
      assertThat(identity.user()).hasToString("alice@example.com");
      assertThat(identity.expires()).isEqualTo(now + 60);
      assertThat(identity.endsMillis()).isEqualTo((now + 90) * 1000);
    }
    assertThat(verifier(TestTokens.SECRET).verify(signed("HS256", SECRET, null, alice)).user())
        .hasToString("alice@example.com");
  }

  @Test
  void theAlgorithmBelongsToTheKeyWhateverTheTokenSays() {
    String alice = claims("alice", now + 60);
    HmacKey published = new HmacKey(TestTokens.bytes(pem(RSA)));

    assertThat(rejection(pem(RSA), signed("HS256", published, null, alice)))
        .isEqualTo(Rejection.UNKNOWN_KEY);
    assertThat(rejection(pem(RSA), signed("RS512", RSA.getPrivate(), null, alice)))
        .isEqualTo(Rejection.UNKNOWN_KEY);
    assertThat(rejection(pem(RSA), signed("PS256", RSA.getPrivate(), null, alice)))
        .isEqualTo(Rejection.UNKNOWN_KEY);
    assertThat(rejection(TestTokens.SECRET, signed("none", null, null, alice)))
        .isEqualTo(Rejection.UNKNOWN_KEY);
  }

  @Test
  void anotherKeysSignatureAndAChangedPayloadAreNotBelieved() {
    String token = signed("RS256", RSA.getPrivate(), null, claims("alice", now + 60));
    String[] parts = token.split("\\.", -1);
    String forged =
        parts[0]
            + "."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(TestTokens.bytes(claims("bob", now + 60)))
            + "."
            + parts[2];

    assertThat(rejection(pem(TestTokens.pair("RSA")), token)).isEqualTo(Rejection.BAD_SIGNATURE);
    assertThat(rejection(pem(RSA), forged)).isEqualTo(Rejection.BAD_SIGNATURE);
    assertThat(rejection(pem(RSA), parts[0] + "." + parts[1] + "."))
        .isEqualTo(Rejection.BAD_SIGNATURE);
  }

  @ParameterizedTest
  @CsvSource({
    "-29, BELIEVED",
    "-30, EXPIRED",
    "-31, EXPIRED",
    "1, BELIEVED",
  })
  void aTokenHoldsUntilItsEndAndTheLeeway(long seconds, String outcome) {
    String token = signed("HS256", SECRET, null, claims("alice", now + seconds));

    assertThat(outcome(verifier(TestTokens.SECRET), token)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"nbf\":%d+30 | BELIEVED",
        "\"nbf\":%d+31 | NOT_YET_VALID",
        "\"nbf\":\"soon\" | MALFORMED",
        "\"iat\":1 | BELIEVED"
      })
  void whenATokenBeginsCountsToo(String claim, String outcome) {
    String[] sum = claim.split("\\+", -1);
    String more =
        sum.length < 2 ? claim : sum[0].replace("%d", "") + (now + Long.parseLong(sum[1]));
    String token =
        signed("HS256", SECRET, null, "{\"sub\":\"a\",\"exp\":%d,%s}".formatted(now + 9, more));

    assertThat(outcome(verifier(TestTokens.SECRET), token)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"sub\":\"a\"} | WITHOUT_EXPIRY",
        "{\"sub\":\"a\",\"exp\":\"9999999999\"} | MALFORMED",
        "{\"sub\":\"a\",\"exp\":9223372036854775807} | MALFORMED",
        "{\"exp\":9999999999} | BAD_SUBJECT",
        "{\"sub\":\"\",\"exp\":9999999999} | BAD_SUBJECT",
        "{\"sub\":\"me\",\"exp\":9999999999} | BAD_SUBJECT",
        "{\"sub\":\"*\",\"exp\":9999999999} | BAD_SUBJECT",
        "{\"sub\":[\"a\"],\"exp\":9999999999} | MALFORMED",
        "{\"sub\":\"a\",\"sub\":\"b\",\"exp\":9999999999} | MALFORMED",
        "[] | MALFORMED",
        "no json | MALFORMED"
      })
  void whatATokenMustSayItMustSayWell(String payload, String outcome) {
    assertThat(outcome(verifier(TestTokens.SECRET), signed("HS256", SECRET, null, payload)))
        .isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"aud\":\"push\",\"iss\":\"us\" | BELIEVED",
        "\"aud\":[\"other\",\"push\"],\"iss\":\"us\" | BELIEVED",
        "\"aud\":\"other\",\"iss\":\"us\" | WRONG_AUDIENCE",
        "\"iss\":\"us\" | WRONG_AUDIENCE",
        "\"aud\":\"push\",\"iss\":\"them\" | WRONG_ISSUER",
        "\"aud\":\"push\" | WRONG_ISSUER"
      })
  void whomATokenIsForAndFromIsCheckedWhereItIsConfigured(String claims, String outcome) {
    TokenVerifier strict =
        new TokenVerifier(
            KeyText.parse(TestTokens.bytes(TestTokens.SECRET)),
            TestTokens.config("push", "us", LEEWAY),
            clock);
    String payload = "{\"sub\":\"a\",\"exp\":%d,%s}".formatted(now + 60, claims);

    assertThat(outcome(strict, signed("HS256", SECRET, null, payload))).isEqualTo(outcome);
  }

  @Test
  void aTokenThatNamesAKeyIsCheckedByThatOne() throws Exception {
    SigningKey first = new SigningKey(Optional.of("1"), "RS256", RSA.getPublic());
    KeyPair other = TestTokens.pair("RSA");
    SigningKey second = new SigningKey(Optional.of("2"), "RS256", other.getPublic());
    TokenVerifier both =
        new TokenVerifier(List.of(first, second), TestTokens.config(null, null, LEEWAY), clock);
    String alice = claims("alice", now + 60);

    assertThat(both.verify(signed("RS256", other.getPrivate(), "2", alice)).user())
        .hasToString("alice");
    assertThat(both.verify(signed("RS256", other.getPrivate(), null, alice)).user())
        .hasToString("alice");
    assertThat(outcome(both, signed("RS256", other.getPrivate(), "1", alice)))
        .isEqualTo("BAD_SIGNATURE");
    assertThat(outcome(both, signed("RS256", other.getPrivate(), "3", alice)))
        .isEqualTo("UNKNOWN_KEY");
  }

  @ParameterizedTest
  @CsvSource({"''", "a", "a.b", "a.b.c", "a.b.c.d", "..", "a.b.c.d.e", "%00.%00.%00"})
  void whatIsNoTokenIsRefusedAsSuch(String text) {
    assertThat(outcome(verifier(TestTokens.SECRET), text)).isIn("MALFORMED", "UNKNOWN_KEY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":1}",
        "{\"alg\":[]}",
        "{\"alg\":null}",
        "null",
        "[]",
        "1",
        "{\"alg\":\"HS256\",\"kid\":7}",
        "{\"alg\":\"HS256\",\"kid\":{}}",
        "{\"alg\":\"HS256\",\"crit\":[1]}",
        "{\"alg\":\"HS256\",\"crit\":\"x\"}",
        "{\"alg\":\"HS256\",\"b64\":1}",
        "{\"alg\":\"HS256\",\"zip\":1}",
        "{\"alg\":{\"alg\":\"HS256\"}}"
      })
  void aHeaderOfAnotherShapeIsNoneOfOurs(String header) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String token = encoder.encodeToString(TestTokens.bytes(header)) + ".e30.AA";

    assertThat(outcome(verifier(TestTokens.SECRET), token))
        .isIn("MALFORMED", "UNKNOWN_KEY", "BAD_SIGNATURE");
  }

  private TokenVerifier verifier(String file) {
    return new TokenVerifier(
        KeyText.parse(TestTokens.bytes(file)), TestTokens.config(null, null, LEEWAY), clock);
  }

  private static String pem(KeyPair pair) {
    return TestTokens.pem(pair.getPublic());
  }

  private Rejection rejection(String file, String token) {
    return catchThrowableOfType(RejectedTokenException.class, () -> verifier(file).verify(token))
        .why();
  }

  private static String outcome(TokenVerifier verifier, String token) {
    try {
      verifier.verify(token);
      return "BELIEVED";
    } catch (RejectedTokenException rejected) {
      assertThat(rejected.getMessage()).doesNotContain(token.isEmpty() ? "\0" : token);
      return rejected.why().name();
    }
  }
}
