package io.pushgate.gateway.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs of the fuzzer, each a process of its own with the classes of this one, bounded in time and
 * memory. All that it writes lies in one folder. One test thread.
 */
final class Jazzer {
  /** What a slow machine may take to start and to end it. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** A shorter run is not worth the report of the lines that it reached. */
  private static final Duration LONG = Duration.ofMinutes(1);

  /**
   * Of the minute that comes with every build, so that it is the change that is judged; who fuzzes
   * by hand draws another each time.
   */
  private static final int SEED = 1;

  private static final int FOUND_SOMETHING = 77;
  private static final String FINDING = "crash-";

  private final Path work;

  Jazzer(Path work) throws IOException {
    this.work = work;
    Files.createDirectories(corpus());
  }

  /** Where new inputs lie. */
  Path corpus() {
    return work.resolve("corpus");
  }

  Path log() {
    return work.resolve("log");
  }

  /**
   * Fuzzes until the time is over or something is found. Answers whether something was.
   *
   * @param seeds folders of inputs to begin with, which are only read
   */
  boolean fuzz(Class<?> fuzzer, Duration time, List<Path> seeds) throws Exception {
    List<String> flags = new ArrayList<>();
    flags.add("-max_total_time=" + time.toSeconds());
    if (System.getProperty("pushgate.fuzz.time") == null) {
      flags.add("-seed=" + SEED);
    }
    flags.add("-print_final_stats=1");
    if (time.compareTo(LONG) > 0) {
      flags.add("--coverage_report=" + work.resolve("coverage"));
    }
    flags.add(corpus().toString());
    seeds.stream().filter(Files::isDirectory).map(Path::toString).forEach(flags::add);
    return run(fuzzer, time, flags) == FOUND_SOMETHING;
  }

  /** Adds to the corpus, out of these folders, the fewest inputs that reach what it does not. */
  void merge(Class<?> fuzzer, List<Path> from) throws Exception {
    List<String> flags = new ArrayList<>();
    flags.addAll(List.of("-merge=1", "-set_cover_merge=1"));
    // How often something is reached would make hundreds of inputs out of dozens.
    flags.add("-use_counters=0");
    flags.add(corpus().toString());
    from.stream().filter(Files::isDirectory).map(Path::toString).forEach(flags::add);
    run(fuzzer, PATIENCE, flags);
  }

  /** The input that failed. */
  Path finding() throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(FINDING))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no input was written; see " + log()));
    }
  }

  /** Writes down what the log tells of seed, speed, edges (cov), features (ft) and corpus. */
  void summarize(String name) throws IOException {
    List<String> told =
        lines().stream()
            .filter(line -> line.matches("INFO: Seed: .*|#[0-9]+\\s+(INITED|DONE) .*"))
            .map(line -> name + ": " + line.strip())
            .toList();
    Files.write(work.resolve("summary"), told);
  }

  /** The last lines of the log. */
  String logged(int lines) throws IOException {
    List<String> all = lines();
    return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(log(), StandardCharsets.ISO_8859_1);
  }

  private int run(Class<?> fuzzer, Duration time, List<String> flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // In a minute the better compiler earns back nothing of what it costs.
    command.addAll(List.of("-ea", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + fuzzer.getName());
    command.add("--instrumentation_includes=io.pushgate.**");
    command.add("--custom_hook_includes=io.pushgate.**");
    command.add("--reproducer_path=" + work);
    command.add("-artifact_prefix=" + work + "/");
    command.addAll(List.of("-max_len=1024", "-timeout=20", "-rss_limit_mb=1024"));
    command.addAll(flags);
    Process process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
    try {
      if (!process.waitFor(time.plus(PATIENCE).toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the fuzzer did not end; see " + log());
      }
    } finally {
      process.destroyForcibly();
    }
    int code = process.exitValue();
    if (code != 0 && code != FOUND_SOMETHING) {
      throw new AssertionError("the fuzzer ended with %d:%n%s".formatted(code, logged(30)));
    }
    return code;
  }
}
