package io.pushgate.bench.floor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The floor in a process of its own, on the same processors as the server that it is compared with.
 * Ends when this process closes its stdin, or ends itself. Any thread.
 */
public final class FloorChild implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("listening public=(\\S+) ingress=(\\S+) pid=(\\d+)");
  private static final String ALLOWED = "Cpus_allowed_list:";
  private static final int STOP_SECONDS = 5;

  private final Process process;
  private final String publicAddress;
  private final String ingressAddress;
  private final long pid;

  /**
   * Starts it from the same classes, and waits until it listens.
   *
   * @param server the process whose processors it is to run on
   */
  public FloorChild(long server) throws IOException {
    process =
        new ProcessBuilder(command(processorsOf(server)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    Matcher listening = LISTENING.matcher(line == null ? "" : line);
    if (!listening.matches()) {
      process.destroy();
      throw new IOException("the floor did not start: " + line);
    }
    publicAddress = listening.group(1);
    ingressAddress = listening.group(2);
    pid = Long.parseLong(listening.group(3));
  }

  private static List<String> command(String processors) {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", processors));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-Xmx256m", "-Dio.netty.leakDetection.level=disabled"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.pushgate.bench.Main", "floor"));
    return command;
  }

  private static String processorsOf(long server) throws IOException {
    Path status = Path.of("/proc", Long.toString(server), "status");
    for (String line : Files.readAllLines(status, StandardCharsets.UTF_8)) {
      if (line.startsWith(ALLOWED)) {
        return line.substring(ALLOWED.length()).strip();
      }
    }
    throw new IOException(status + " names no processors");
  }

  public String url() {
    return "ws://" + publicAddress;
  }

  /** Host and port. */
  public String ingress() {
    return ingressAddress;
  }

  public long pid() {
    return pid;
  }

  @Override
  public void close() throws IOException {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.flush();
    }
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
