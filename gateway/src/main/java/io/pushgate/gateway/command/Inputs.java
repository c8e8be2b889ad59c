package io.pushgate.gateway.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads what an option's value names: a file, or the standard input. Main thread. */
final class Inputs {
  /** The largest line of the ingress port, which nothing that is read here can be larger than. */
  private static final int MAX_BYTES = 1 << 20;

  private Inputs() {}

  /** A file's text. */
  static String file(String option, String name) throws CommandFailure {
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      return text(option, name, in);
    } catch (IOException | InvalidPathException unreadable) {
      throw CommandFailure.misuse(option + ": expected a readable file, not '" + name + "'");
    }
  }

  /** A secret or token: the file's text, without the line break that an editor leaves. */
  static String secretFile(String option, String name) throws CommandFailure {
    String secret = file(option, name).replaceFirst("\r?\n\\z", "");
    if (secret.isEmpty() || secret.chars().anyMatch(Character::isISOControl)) {
      throw CommandFailure.misuse(option + ": expected one line of text in '" + name + "'");
    }
    return secret;
  }

  static String standardInput(String option) throws CommandFailure {
    try {
      return text(option, "-", System.in);
    } catch (IOException unreadable) {
      throw CommandFailure.misuse(option + ": cannot read the standard input");
    }
  }

  private static String text(String option, String name, InputStream in)
      throws IOException, CommandFailure {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw CommandFailure.misuse(option + ": expected at most 1 MiB in '" + name + "'");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException noText) {
      throw CommandFailure.misuse(option + ": expected UTF-8 text in '" + name + "'");
    }
  }
}
