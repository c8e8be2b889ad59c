package io.pushgate.bench.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks for what a gateway must never say in its log. Any thread. */
public final class LogJudge {
  private static final List<String> NEVER = List.of("OutOfMemoryError", "LEAK", " ERROR ");
  private static final int SHOWN = 3;
  private static final int WIDTH = 200;

  private LogJudge() {}

  /** The first such lines behind those that were there before. */
  public static List<String> complaints(Path log, long linesBefore) throws IOException {
    return lines(log).stream()
        .skip(linesBefore)
        .filter(line -> NEVER.stream().anyMatch(line::contains))
        .limit(SHOWN)
        .map(line -> "it logged: " + line.substring(0, Math.min(WIDTH, line.length())))
        .toList();
  }

  static List<String> lines(Path log) throws IOException {
    return Files.exists(log) ? Files.readAllLines(log, StandardCharsets.ISO_8859_1) : List.of();
  }
}
