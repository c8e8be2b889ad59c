package io.pushgate.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real nginx on the project's own {@code nginx-conf} files, in a folder of its own; one test
 * thread. The files are copied unchanged but for what an operator sets too: the gateway's address
 * and where logs and certificates are.
 */
public final class NginxServer implements AutoCloseable {
  private static final Path PROJECT_FILES =
      Path.of("..", "nginx-conf").toAbsolutePath().normalize();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int FIRST_PORT = 10_000;
  private static final int FORKS = 8;
  private static final int PORTS_OF_A_FORK = 2_800;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private final Path program = NginxProgram.path();
  private final Path folder;
  private @Nullable Process process;

  /**
   * Installs the project's files below {@code folder}.
   *
   * @param gatewayPort the port of the gateway's public address on 127.0.0.1
   */
  public NginxServer(Path folder, int gatewayPort) {
    this(folder);
    try {
      install("conf.d/00-pushgate.conf", Map.of("127.0.0.1:8000", "127.0.0.1:" + gatewayPort));
      install("snippets/pushgate.conf", Map.of());
      install(
          "snippets/pushgate-proxy.conf", Map.of("/var/log/nginx/", folder.resolve("logs") + "/"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private NginxServer(Path folder) {
    this.folder = folder;
    try {
      for (String each :
          List.of("conf/conf.d", "conf/snippets", "conf/sites-enabled", "logs", "temp")) {
        Files.createDirectories(folder.resolve(each));
      }
      Files.writeString(folder.resolve("conf/nginx.conf"), mainConfiguration(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that knows nothing of the project yet: Debian's layout without any site. */
  public static NginxServer bare(Path folder) {
    return new NginxServer(folder);
  }

  /**
   * A port that is free, for what can't choose one and tell it, or comes back on the one it had. It
   * lies below those that the kernel hands out, in a range of this JVM's own, and is given once: so
   * nothing gets it while nobody listens there.
   */
  public static int freePort() {
    int first = FIRST_PORT + Integer.getInteger("surefire.forkNumber", 0) % FORKS * PORTS_OF_A_FORK;
    return ThreadLocalRandom.current()
        .ints(first, first + PORTS_OF_A_FORK)
        .limit(PORTS_OF_A_FORK)
        .filter(port -> isFree(port) && GIVEN.add(port))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** The text of one of the project's files, to be enabled as a site or to be broken on purpose. */
  public static String projectFile(String name) {
    try {
      return Files.readString(PROJECT_FILES.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets directives of the main context, above all others. */
  public void setMain(String directives) {
    try {
      Files.writeString(folder.resolve("conf/nginx.conf"), mainConfiguration(directives));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a site's {@code server} blocks where an operator would. */
  public void enableSite(String serverBlocks) {
    try {
      Files.writeString(folder.resolve("conf/sites-enabled/site"), serverBlocks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code nginx -t} says to the files as they stand. */
  public Finished check() {
    return Finished.run(command("-t").toArray(String[]::new));
  }

  /** Starts nginx and returns when {@code port} accepts connections. */
  public void start(int port) {
    try {
      process =
          new ProcessBuilder(command("-g", "daemon off;"))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("logs/stdout.log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitListening(process, port);
  }

  /** Loads the files as they stand now, as an operator would after a change. */
  public void reload() {
    signal("reload");
  }

  /**
   * Begins to end nginx, and returns when {@code port} refuses connections. Those that there are
   * live on until the other side ends them, or until {@link #kill}.
   */
  public void quit(int port) {
    signal("quit");
    Waiting.until("nginx no longer listens", () -> !accepts(port));
  }

  private void signal(String name) {
    Finished signal = Finished.run(command("-s", name).toArray(String[]::new));
    if (signal.exitCode() != 0) {
      throw new IllegalStateException("nginx -s " + name + ": " + signal.output());
    }
  }

  /** The workers that live, those too that only go on with the connections they have. */
  public List<ProcessHandle> workers() {
    Process running = process;
    return running == null ? List.of() : running.children().toList();
  }

  /** Kills the master and its workers, which have no time to do anything about it. */
  public void kill() {
    List<ProcessHandle> orphans = workers();
    Process running = process;
    process = null;
    if (running != null) {
      // The master first: it would put others in the place of its workers.
      running.destroyForcibly();
      Waiting.get(running.onExit());
    }
    orphans.forEach(ProcessHandle::destroyForcibly);
    orphans.forEach(orphan -> Waiting.get(orphan.onExit()));
  }

  /** Ends nginx at once, as when its machine goes down: every connection is cut. */
  public void stop() {
    Process running = process;
    process = null;
    if (running == null) {
      return;
    }
    running.destroy();
    try {
      if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        running.descendants().forEach(ProcessHandle::destroyForcibly);
        running.destroyForcibly();
        throw new IllegalStateException("nginx did not stop: " + errorLog());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The error log so far, for a test that failed. */
  public String errorLog() {
    return log("error.log");
  }

  /** The log of the gateway's paths: one line for each connection that ended. */
  public String accessLog() {
    return log("pushgate.log");
  }

  @Override
  public void close() {
    stop();
  }

  private String log(String name) {
    try {
      Path file = folder.resolve("logs").resolve(name);
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitListening(Process started, int port) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      // Waiting for its end is the pause between two attempts, and ends at once where it failed.
      do {
        if (accepts(port)) {
          return;
        }
      } while (!started.waitFor(20, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String log = errorLog();
    stop();
    throw new IllegalStateException("nginx does not listen on port %d: %s".formatted(port, log));
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private List<String> command(String... arguments) {
    List<String> fixed =
        List.of(
            program.toString(),
            "-p",
            folder + "/",
            "-c",
            folder.resolve("conf/nginx.conf").toString(),
            "-e",
            folder.resolve("logs/error.log").toString());
    return Stream.concat(fixed.stream(), Stream.of(arguments)).toList();
  }

  private void install(String name, Map<String, String> settings) throws IOException {
    String text = projectFile(name);
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      if (!text.contains(setting.getKey())) {
        throw new IllegalStateException(name + " no longer contains " + setting.getKey());
      }
      text = text.replace(setting.getKey(), setting.getValue());
    }
    Files.writeString(folder.resolve("conf").resolve(name), text);
  }

  /**
   * As Debian's, but that every path is in the test's folder, and whole: whoever finds this file
   * does not know the prefix that nginx is run with.
   */
  private String mainConfiguration(String directives) {
    String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
    return """
        %1$s
        %2$s
        worker_processes 2;
        pid %3$s/nginx.pid;
        error_log %3$s/logs/error.log info;
        events { worker_connections 768; }
        http {
            types { text/html html; text/javascript js; }
            access_log %3$s/logs/access.log;
            client_body_temp_path %3$s/temp/body;
            proxy_temp_path %3$s/temp/proxy;
            fastcgi_temp_path %3$s/temp/fastcgi;
            uwsgi_temp_path %3$s/temp/uwsgi;
            scgi_temp_path %3$s/temp/scgi;
            gzip on;
            include conf.d/*.conf;
            include sites-enabled/*;
        }
        """
        .formatted(user, directives, folder);
  }
}
