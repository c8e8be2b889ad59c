package io.pushgate.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the kernel tells of a process on this machine, the gateway's. Any thread. */
public final class ServerProcess {
  /** USER_HZ, which Linux fixes at 100 on every platform that Java runs on. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private static final int UTIME = 14;
  private static final int STIME = 15;
  private static final int FIRST_BEHIND_NAME = 3;
  private static final long PAGE = 4096;

  private final long pid;
  private final Path proc;

  /**
   * Looks once whether the process can be read.
   *
   * @throws IOException where there is none
   */
  public ServerProcess(long pid) throws IOException {
    this(pid, Path.of("/proc", Long.toString(pid)));
  }

  ServerProcess(long pid, Path proc) throws IOException {
    this.pid = pid;
    this.proc = proc;
    cpuNanos();
    residentBytes();
  }

  public long pid() {
    return pid;
  }

  /** User and system time of all its threads, those that ended included; in steps of 10 ms. */
  public long cpuNanos() throws IOException {
    String stat = read("stat");
    // The name stands in parentheses and may hold spaces and parentheses itself.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long user = Long.parseLong(fields[UTIME - FIRST_BEHIND_NAME]);
    long system = Long.parseLong(fields[STIME - FIRST_BEHIND_NAME]);
    return (user + system) * NANOS_PER_TICK;
  }

  /** Resident memory: exact from smaps_rollup, and from statm where that can't be read. */
  public long residentBytes() throws IOException {
    Path rollup = proc.resolve("smaps_rollup");
    if (Files.isReadable(rollup)) {
      List<String> lines = Files.readAllLines(rollup, StandardCharsets.US_ASCII);
      for (String line : lines) {
        if (line.toLowerCase(Locale.ROOT).startsWith("rss:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        }
      }
    }
    return Long.parseLong(read("statm").split(" ", -1)[1]) * PAGE;
  }

  /** How many descriptors it has open. */
  public long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
      return files.count();
    }
  }

  private String read(String file) throws IOException {
    try {
      return Files.readString(proc.resolve(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IOException("process %d can't be read: %s".formatted(pid, e.getMessage()), e);
    }
  }
}
