package io.pushgate.gateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A secret that a peer has to name. Only its digest is kept, so no dump of the heap shows it, and a
 * comparison takes as long whatever was guessed. Immutable.
 */
public final class Secret {
  private static final int MAX_BYTES = 4096;

  private final byte[] digest;

  private Secret(byte[] digest) {
    this.digest = digest;
  }

  /** A secret, or what somebody names as one. */
  public static Secret of(String text) {
    return new Secret(digest(text));
  }

  /** Reads a file, whose last line break is no part of the secret. */
  static Secret read(String option, Path file) {
    byte[] bytes;
    String text;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
      // Strictly: where all that is no text became one character, one such secret was any other.
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes))
              .toString()
              .replaceFirst("\r?\n\\z", "");
    } catch (CharacterCodingException noText) {
      throw new InvalidOptionException(option, file, "a file of one line of UTF-8 text");
    } catch (IOException unreadable) {
      throw new InvalidOptionException(option, file, "a readable file");
    }
    boolean oneLine = text.chars().noneMatch(Character::isISOControl);
    if (text.isEmpty() || bytes.length > MAX_BYTES || !oneLine) {
      throw new InvalidOptionException(option, file, "a file of one line of text");
    }
    return of(text);
  }

  /** Whether somebody knows it. */
  public boolean is(String guess) {
    return equals(of(guess));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(digest, secret.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  @Override
  public String toString() {
    return "***";
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
