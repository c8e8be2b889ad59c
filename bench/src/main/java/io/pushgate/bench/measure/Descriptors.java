package io.pushgate.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files this process may open. Any thread. */
public final class Descriptors {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String ROW = "Max open files";

  private Descriptors() {}

  /** The soft limit, which the JVM has raised to the hard one by the time this runs. */
  public static long limit() {
    try {
      for (String line : Files.readAllLines(LIMITS, StandardCharsets.US_ASCII)) {
        if (line.startsWith(ROW)) {
          String soft = line.substring(ROW.length()).strip().split("\\s+", 2)[0];
          return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
        }
      }
      return Long.MAX_VALUE;
    } catch (IOException e) {
      throw new UncheckedIOException("the limits of this process can't be read", e);
    }
  }
}
