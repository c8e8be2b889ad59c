package io.pushgate.bench.fault;

import io.pushgate.bench.measure.Children;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real nginx on the project's own files, in a folder of its own, before one gateway. The thread
 * of the command.
 */
final class NginxProxy implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 10_000;
  private static final long POLL_MILLIS = 20;

  private final Path program;
  private final Path folder;
  private final int port;
  private Process process;

  private NginxProxy(Path program, Path folder, int port) throws IOException {
    this.program = program;
    this.folder = folder;
    this.port = port;
    process = launch();
  }

  /**
   * Installs the files, unchanged but for what an operator sets too, and starts it.
   *
   * @param files the project's folder {@code nginx-conf}
   */
  static NginxProxy start(Path files, Path folder, int gatewayPort)
      throws CannotRun, IOException, InterruptedException {
    if (!Files.isDirectory(files)) {
      throw new CannotRun("needs the project's nginx-conf, which is not at " + files);
    }
    Path program = Tools.find("nginx", "nginx");
    for (String each : List.of("conf/conf.d", "conf/snippets", "logs", "temp")) {
      Files.createDirectories(folder.resolve(each));
    }
    install(files, folder, "conf.d/00-pushgate.conf", Map.of(":8000", ":" + gatewayPort));
    install(files, folder, "snippets/pushgate.conf", Map.of());
    Map<String, String> logs = Map.of("/var/log/nginx/", folder.resolve("logs") + "/");
    install(files, folder, "snippets/pushgate-proxy.conf", logs);
    int port = freePort();
    Files.writeString(folder.resolve("conf/nginx.conf"), mainConfiguration(folder, port));
    NginxProxy proxy = new NginxProxy(program, folder, port);
    proxy.awaitListening();
    return proxy;
  }

  private static void install(Path files, Path folder, String name, Map<String, String> settings)
      throws IOException {
    String text = Files.readString(files.resolve(name));
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      text = text.replace(setting.getKey(), setting.getValue());
    }
    Files.writeString(folder.resolve("conf").resolve(name), text);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String mainConfiguration(Path folder, int port) {
    String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
    return """
        %1$s
        worker_processes 2;
        pid %2$s/nginx.pid;
        error_log %2$s/logs/error.log;
        events { worker_connections 4096; }
        http {
            access_log off;
            client_body_temp_path %2$s/temp/body;
            proxy_temp_path %2$s/temp/proxy;
            fastcgi_temp_path %2$s/temp/fastcgi;
            uwsgi_temp_path %2$s/temp/uwsgi;
            scgi_temp_path %2$s/temp/scgi;
            include conf.d/*.conf;
            server {
                listen 127.0.0.1:%3$d;
                include snippets/pushgate.conf;
            }
        }
        """
        .formatted(user, folder, port);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private Process launch() throws IOException {
    return Children.start(
        new ProcessBuilder(command("-g", "daemon off;"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("logs/stdout.log").toFile()));
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString(), "-p", folder + "/"));
    command.addAll(List.of("-c", folder.resolve("conf/nginx.conf").toString()));
    command.addAll(List.of("-e", folder.resolve("logs/error.log").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** New workers take what comes from now on; the old ones keep what they have. */
  void reload() throws IOException, InterruptedException {
    Tools.run(command("-s", "reload"));
  }

  /** Kills the master and its workers at once: every connection is cut. */
  void kill() {
    List<ProcessHandle> workers = process.children().toList();
    // The master first: it would put others in the place of its workers.
    process.destroyForcibly().onExit().join();
    workers.forEach(ProcessHandle::destroyForcibly);
    workers.forEach(worker -> worker.onExit().join());
  }

  void restart() throws IOException, InterruptedException {
    process = launch();
    awaitListening();
  }

  private void awaitListening() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (!accepts()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("nginx does not listen: see " + folder.resolve("logs"));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(address(), (int) PATIENCE_MILLIS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    kill();
  }
}
