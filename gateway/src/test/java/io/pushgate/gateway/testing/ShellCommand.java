package io.pushgate.gateway.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A shell command that runs beside the test, with its output line by line. For one test thread. */
public final class ShellCommand implements AutoCloseable {
  private static final String END = "<end of output>";

  private final Process shell;
  private final Thread reader;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();

  private ShellCommand(Process shell) {
    this.shell = shell;
    reader = new Thread(this::read, "output of " + shell.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a command as {@code sh} reads it, in a folder, with more variables. */
  public static ShellCommand start(Path folder, String command, Map<String, String> variables)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(variables);
    return new ShellCommand(builder.start());
  }

  /** Waits for a line that contains the pattern; fails with all that was said if none comes. */
  public Matcher awaitLine(Pattern pattern, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null || line.equals(END)) {
        throw new AssertionError(
            "no line with %s, but: %s".formatted(pattern, String.join("\n", seen)));
      }
      seen.add(line);
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        return matcher;
      }
    }
  }

  /** All that was said so far, of which some may not have been awaited. */
  public String output() {
    lines.drainTo(seen);
    return String.join("\n", seen);
  }

  /** Sends SIGTERM to the one process started by the command whose arguments contain the words. */
  public void terminate(String words) {
    List<ProcessHandle> meant =
        shell
            .toHandle()
            .descendants()
            .filter(process -> argumentsOf(process).anyMatch(word -> word.contains(words)))
            .toList();
    if (meant.size() != 1) {
      throw new AssertionError(meant.size() + " processes run with " + words);
    }
    meant.get(0).destroy();
  }

  /** Waits for the end of the command and of what it says, and returns its exit code. */
  public int awaitExit(Duration patience) throws InterruptedException {
    if (!shell.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running after " + patience);
    }
    reader.join(patience.toMillis());
    if (reader.isAlive()) {
      throw new AssertionError("it ended, and something that it started did not");
    }
    return shell.exitValue();
  }

  @Override
  public void close() {
    shell.toHandle().descendants().forEach(ProcessHandle::destroyForcibly);
    shell.destroyForcibly();
  }

  private static Stream<String> argumentsOf(ProcessHandle process) {
    return process.info().arguments().stream().flatMap(Arrays::stream);
  }

  private void read() {
    try (BufferedReader output = shell.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException closed) {
      lines.add("output ended by " + closed);
    }
    lines.add(END);
  }
}
