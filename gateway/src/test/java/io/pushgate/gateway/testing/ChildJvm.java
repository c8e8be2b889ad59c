package io.pushgate.gateway.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A Java program in a process of its own, with the classes of this one. What it prints is read on
 * threads of its own, a line each. Any thread.
 */
public final class ChildJvm implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> err = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final List<Thread> readers;

  private ChildJvm(Process process) {
    this.process = process;
    readers = List.of(follow(process.getInputStream(), out), follow(process.getErrorStream(), err));
  }

  /** Starts a class's main method, with these variables added to the environment. */
  public static ChildJvm start(Class<?> main, Map<String, String> environment, String... args)
      throws IOException {
    return start(List.of(), main, environment, args);
  }

  /** The same with so many file descriptors. */
  public static ChildJvm startWithin(int descriptors, Class<?> main, String... args)
      throws IOException {
    String limit = "ulimit -n %d && exec \"$@\"".formatted(descriptors);
    return start(List.of("sh", "-c", limit, "sh"), main, Map.of(), args);
  }

  private static ChildJvm start(
      List<String> prefix, Class<?> main, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-ea", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("PUSHGATE_"));
    builder.environment().putAll(environment);
    return new ChildJvm(builder.start());
  }

  /** Waits for a line on stdout that holds this, and answers it. */
  public String awaitOut(String part) throws InterruptedException {
    return await(out, part);
  }

  /** Waits for a line on stderr that holds this, and answers it. */
  public String awaitErr(String part) throws InterruptedException {
    return await(err, part);
  }

  /** Sends SIGTERM; by the handle, since the process itself would close the pipes too. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Sends SIGKILL, and waits for the end. */
  public void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    exitCode();
  }

  /** Waits for the end and answers the exit code. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the process did not end");
    }
    return process.exitValue();
  }

  public long pid() {
    return process.pid();
  }

  /** The processor time that it has taken. */
  public Duration processorTime() {
    return process.toHandle().info().totalCpuDuration().orElseThrow();
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private String await(BlockingQueue<String> lines, String part) throws InterruptedException {
    List<String> before = new ArrayList<>();
    for (String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        line != null;
        line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      if (line.contains(part)) {
        return line;
      }
      before.add(line);
    }
    throw new AssertionError(
        "no line with '%s' behind %s; unread on stdout %s, on stderr %s"
            .formatted(part, before, out, err));
  }

  /** All that it printed until its end, which is awaited, as bytes in Latin-1. */
  public String printed() throws InterruptedException {
    for (Thread reader : readers) {
      reader.join();
    }
    return printed.toString(StandardCharsets.ISO_8859_1);
  }

  private Thread follow(InputStream from, BlockingQueue<String> lines) {
    Thread thread = new Thread(() -> read(from, lines), "child-output");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** A line ends at a line feed alone, so that nothing else of it is lost. */
  private void read(InputStream from, BlockingQueue<String> lines) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (BufferedInputStream in = new BufferedInputStream(from)) {
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        line.write(octet);
        if (octet == '\n') {
          printed.writeBytes(line.toByteArray());
          lines.add(line.toString(StandardCharsets.UTF_8).strip());
          line.reset();
        }
      }
      printed.writeBytes(line.toByteArray());
    } catch (IOException ended) {
      printed.writeBytes(line.toByteArray());
    }
  }
}
