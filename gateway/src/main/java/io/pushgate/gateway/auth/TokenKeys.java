package io.pushgate.gateway.auth;

import io.pushgate.gateway.config.OptionFile;
import io.pushgate.gateway.config.Reloaded;
import io.pushgate.gateway.config.TokenConfig;
import io.pushgate.gateway.metrics.TokenMeters;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The keys of {@code --token-keys}, as its file has them now; one that cannot be read leaves the
 * keys of before. Any thread may check a token.
 */
public final class TokenKeys implements Tokens, AutoCloseable {
  private final TokenMeters meters;
  private final Reloaded<TokenVerifier> verifier;

  /**
   * Reads the keys and begins to look after them.
   *
   * @throws IllegalArgumentException names the file and what is wrong with it
   */
  public static TokenKeys open(TokenConfig config, TokenMeters meters) {
    return new TokenKeys(config, meters, System::currentTimeMillis);
  }

  TokenKeys(TokenConfig config, TokenMeters meters, LongSupplier wallMillis) {
    OptionFile file = new OptionFile("token-keys", config.keys().orElseThrow());
    this.meters = meters;
    this.verifier =
        Reloaded.open(
            "token keys",
            List.of(file),
            contents -> new TokenVerifier(keys(file, contents.get(0)), config, wallMillis),
            meters::keysUnreadable);
  }

  private static List<SigningKey> keys(OptionFile file, byte[] content) {
    try {
      return KeyText.parse(content);
    } catch (IllegalArgumentException noKeys) {
      throw file.fault(String.valueOf(noKeys.getMessage()));
    }
  }

  @Override
  public Identity verify(String token) throws RejectedTokenException {
    try {
      return verifier.value().verify(token);
    } catch (RejectedTokenException rejected) {
      meters.rejected(rejected.why().wire());
      throw rejected;
    }
  }

  /** Reads the file again where it changed. */
  void look() {
    verifier.look();
  }

  @Override
  public void close() {
    verifier.close();
  }
}
