package io.pushgate.gateway.doctor;

import io.pushgate.gateway.testing.Finished;
import io.pushgate.gateway.testing.NginxProgram;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real nginx on whatever configuration, in a folder of its own; any thread, one at a time. */
final class RawNginx implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Path folder;
  private @Nullable Process process;

  RawNginx(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder.resolve("logs"));
      Files.createDirectories(folder.resolve("temp"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What nginx needs in a folder of a user's own. */
  static String around(String main, String events, String http) {
    String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
    return """
        %s
        worker_processes 1;
        daemon off;
        pid nginx.pid;
        %s
        events { %s }
        http {
            access_log logs/access.log;
            client_body_temp_path temp/body;
            proxy_temp_path temp/proxy;
            fastcgi_temp_path temp/fastcgi;
            uwsgi_temp_path temp/uwsgi;
            scgi_temp_path temp/scgi;
        %s
        }
        """
        .formatted(user, main, events, http);
  }

  Path file() {
    return folder.resolve("nginx.conf");
  }

  void write(String configuration) {
    try {
      Files.writeString(file(), configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What nginx says to the file. */
  Finished check() {
    return Finished.run(command("-t").toArray(String[]::new));
  }

  /** Starts it and returns when its sockets are bound, which is before the pid is written. */
  void start() {
    try {
      Files.deleteIfExists(folder.resolve("nginx.pid"));
      Process started =
          new ProcessBuilder(command())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("logs/stdout.log").toFile())
              .start();
      process = started;
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!Files.exists(folder.resolve("nginx.pid"))) {
        if (started.waitFor(10, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
          throw new IllegalStateException("nginx does not start: " + errors());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads the file again, as an operator would let it. */
  void reload() {
    signal("HUP", List.of(running().pid()));
  }

  /** Workers that hang: the kernel still takes connections for them. */
  void freeze() {
    Process master = running();
    Waiting.until("nginx has a worker", () -> master.children().findAny().isPresent());
    signal("STOP", master.children().map(ProcessHandle::pid).toList());
  }

  /** Ends it at once, with all its connections. */
  void stop() {
    Process running = process;
    process = null;
    if (running == null) {
      return;
    }
    List<ProcessHandle> workers = running.descendants().toList();
    running.destroy();
    try {
      if (!running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        workers.forEach(ProcessHandle::destroyForcibly);
        running.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  String errors() {
    try {
      return Files.readString(folder.resolve("logs/stdout.log"))
          + (Files.exists(folder.resolve("logs/error.log"))
              ? Files.readString(folder.resolve("logs/error.log"))
              : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }

  private Process running() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("nginx is not running");
    }
    return running;
  }

  private static void signal(String name, List<Long> pids) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    pids.forEach(pid -> command.add(String.valueOf(pid)));
    Finished.run(command.toArray(String[]::new));
  }

  private List<String> command(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                NginxProgram.path().toString(),
                "-p",
                folder + "/",
                "-c",
                file().toString(),
                "-e",
                folder.resolve("logs/error.log").toString()));
    all.addAll(List.of(arguments));
    return all;
  }
}
