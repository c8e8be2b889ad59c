package io.pushgate.bench.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sessions of another process, which can be frozen with it. The thread of the command. */
public final class ChildCrowd implements AutoCloseable {
  private static final String READY = "connected";
  private static final long PATIENCE_MILLIS = 20_000;
  private static final long POLL_MILLIS = 20;

  private final Process process;

  private ChildCrowd(Process process) {
    this.process = process;
  }

  /**
   * Starts it, and waits until all are connected.
   *
   * @param launcher what it is started by, which may be empty
   */
  static ChildCrowd start(List<String> launcher, InetSocketAddress address, int count)
      throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx128m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.pushgate.bench.Main", "crowd"));
    command.add("--address=%s:%d".formatted(address.getHostString(), address.getPort()));
    command.add("--count=" + count);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (!READY.equals(line)) {
      process.destroyForcibly();
      throw new IOException("the other process could not connect its sessions: " + line);
    }
    return new ChildCrowd(process);
  }

  /**
   * What that process does: it connects, says so, and stays until its stdin ends.
   *
   * @throws IOException where not all were connected in time
   */
  public static void stay(InetSocketAddress address, int count)
      throws IOException, InterruptedException {
    Conduct conduct = Conduct.silent(Conduct.Port.CLIENT, Words::webSocket);
    try (Crowd crowd = new Crowd(conduct, count, address)) {
      long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
      while (crowd.tally().connected() < count || crowd.tally().bytesRead() == 0) {
        if (System.nanoTime() > deadline) {
          throw new IOException("%,d of %,d connected".formatted(crowd.tally().connected(), count));
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
      System.out.println(READY);
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
