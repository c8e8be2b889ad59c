package io.pushgate.gateway.auth;

import io.pushgate.gateway.config.TokenConfig;
import io.pushgate.gateway.metrics.TokenMeters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of {@code --token-keys}, as its file has them now: a thread looks at the file every
 * second, and one that cannot be read leaves the keys of before. Any thread may check a token.
 */
public final class TokenKeys implements Tokens, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TokenKeys.class);

  private static final long LOOK_MILLIS = 1_000;
  private static final int MAX_BYTES = 1 << 20;

  private final TokenConfig config;
  private final Path file;
  private final TokenMeters meters;
  private final LongSupplier wallMillis;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "token-keys");
            thread.setDaemon(true);
            return thread;
          });

  private byte[] read;
  private String trouble = "";
  private volatile TokenVerifier verifier;

  /**
   * Reads the keys and begins to look after them.
   *
   * @throws IllegalArgumentException names the file and what is wrong with it
   */
  public static TokenKeys open(TokenConfig config, TokenMeters meters) {
    return new TokenKeys(config, meters, System::currentTimeMillis);
  }

  TokenKeys(TokenConfig config, TokenMeters meters, LongSupplier wallMillis) {
    this.config = config;
    this.file = config.keys().orElseThrow();
    this.meters = meters;
    this.wallMillis = wallMillis;
    try {
      read = bytes(file);
      verifier = new TokenVerifier(KeyText.parse(read), config, wallMillis);
    } catch (IOException | IllegalArgumentException e) {
      looking.shutdown();
      throw new IllegalArgumentException(file + " holds " + words(e), e);
    }
    looking.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public Identity verify(String token) throws RejectedTokenException {
    try {
      return verifier.verify(token);
    } catch (RejectedTokenException rejected) {
      meters.rejected(rejected.why().wire());
      throw rejected;
    }
  }

  /** Reads the file again where it changed. */
  void look() {
    try {
      byte[] now = bytes(file);
      if (!Arrays.equals(now, read)) {
        List<SigningKey> keys = KeyText.parse(now);
        verifier = new TokenVerifier(keys, config, wallMillis);
        read = now;
        log.info("token keys read again from {}: {}", file, keys);
      }
      trouble = "";
    } catch (IOException | IllegalArgumentException e) {
      meters.keysUnreadable();
      warnOnce(words(e));
    }
  }

  private void warnOnce(String words) {
    if (!words.equals(trouble)) {
      trouble = words;
      log.warn("token keys stay as they were, since {} holds {}", file, words);
    }
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException("more than 1 MiB");
      }
      return bytes;
    }
  }

  private static String words(Exception e) {
    return e instanceof IOException ? "nothing that can be read" : String.valueOf(e.getMessage());
  }
}
