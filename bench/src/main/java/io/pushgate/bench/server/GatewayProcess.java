package io.pushgate.bench.server;

import io.pushgate.bench.measure.Children;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway on free ports of loopback. Any thread, one at a time. */
public final class GatewayProcess implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("listening public=(\\S+) ingress=(\\S+) admin=(\\S+)");
  private static final int STOP_SECONDS = 30;
  private static final int LAST_LINES = 5;

  private final Process process;
  private final Path log;
  private final long launchedNanos = System.nanoTime();
  private final CompletableFuture<Ports> ports = new CompletableFuture<>();

  /**
   * Where a gateway listens. Immutable.
   *
   * @param readyNanos from its launch to the line that says so
   */
  public record Ports(
      InetSocketAddress client,
      InetSocketAddress ingress,
      InetSocketAddress admin,
      long readyNanos) {}

  /**
   * Launches it and returns at once.
   *
   * @param log what it says on stderr is appended here
   */
  public GatewayProcess(GatewayProgram program, Path log) throws IOException {
    this.log = log;
    process =
        Children.start(
            new ProcessBuilder(program.command())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())));
    Thread reader = new Thread(this::readLines, "gateway-stdout");
    reader.setDaemon(true);
    reader.start();
  }

  private void readLines() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.matches()) {
          long nanos = System.nanoTime() - launchedNanos;
          ports.complete(
              new Ports(
                  address(listening.group(1)),
                  address(listening.group(2)),
                  address(listening.group(3)),
                  nanos));
        }
      }
      ports.completeExceptionally(new IOException("it ended before it listened"));
    } catch (IOException | UncheckedIOException e) {
      ports.completeExceptionally(e);
    }
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    return new InetSocketAddress(
        text.substring(0, colon).replaceAll("[\\[\\]]", ""),
        Integer.parseInt(text.substring(colon + 1)));
  }

  /**
   * Waits until it listens.
   *
   * @throws IOException where it ends before, or does not within the time
   */
  public Ports awaitListening(Duration patience) throws IOException, InterruptedException {
    try {
      return ports.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the gateway did not start: " + lastWords(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException(
          "the gateway did not listen within %d s: %s".formatted(patience.toSeconds(), lastWords()),
          e);
    }
  }

  private String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL; returns when the process is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * SIGTERM; returns when the process is gone, which is made sure of after half a minute.
   *
   * @return its exit code
   */
  public int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return process.waitFor();
  }

  /** Leaves nothing behind. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
