package io.pushgate.bench.measure;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Processes that are told to end (SIGTERM) when this one ends, also by a signal. Any thread. */
public final class Children {
  private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> ALIVE.forEach(Process::destroy), "children"));
  }

  private Children() {}

  /** Starts one. */
  public static Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    ALIVE.add(process);
    process.onExit().thenAccept(ALIVE::remove);
    return process;
  }
}
