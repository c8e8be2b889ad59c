package io.pushgate.gateway.installer;

import io.pushgate.gateway.testing.Finished;
import io.pushgate.gateway.testing.HttpCall;
import io.pushgate.gateway.testing.NginxServer;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an operator has before him: an nginx with its own files in a folder, a port where a gateway
 * is or is not, and the installer. One test thread.
 */
final class Machine implements AutoCloseable {
  static final Path FILES = Path.of("..", "nginx-conf").toAbsolutePath().normalize();
  static final String STAMP = "1 [0-9a-f]{12}";
  static final String PROBE = "/api/v1/notifications/ws/a%2Bb@example.com";

  /** A site as most are; the port is where it listens. */
  static final String SITE =
      """
      server {
          listen 127.0.0.1:%d;
          server_name push.example.com;
          location / { return 200 "the site"; }
      }
      """;

  private final Path folder;
  private final int gatewayPort;
  private final NginxServer nginx;
  private final int port = NginxServer.freePort();

  Machine(Path folder, int gatewayPort) {
    this.folder = folder;
    this.gatewayPort = gatewayPort;
    nginx = NginxServer.bare(folder);
  }

  /** One whose only site is {@link #SITE}, in Debian's layout, and which runs. */
  static Machine withSite(Path folder, int gatewayPort) {
    Machine machine = new Machine(folder, gatewayPort);
    machine.write("sites-available/push", SITE.formatted(machine.port()));
    machine.link("sites-enabled/push", "../sites-available/push");
    machine.start();
    return machine;
  }

  NginxServer nginx() {
    return nginx;
  }

  /** The port that sites of this machine listen on. */
  int port() {
    return port;
  }

  void start() {
    nginx.start(port);
  }

  Path path(String name) {
    return folder.resolve("conf").resolve(name);
  }

  void write(String name, String text) {
    try {
      Files.createDirectories(path(name).getParent());
      Files.writeString(path(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void link(String name, String target) {
    try {
      Files.createSymbolicLink(path(name), Path.of(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String name) {
    try {
      Files.delete(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Finished install(String... options) {
    return Finished.run(command(List.of(), true, options));
  }

  /** The installer, which is not told where the gateway is. */
  Finished installAgain(String... options) {
    return Finished.run(command(List.of(), false, options));
  }

  /** The installer, which sends itself a signal when it has done a step. */
  Finished installUntil(String step, String signal, String... options) {
    return Finished.run(command(List.of(stopping(step, signal)), true, options));
  }

  /** The installer, which stands still when it has done a step. */
  HeldInstall holdAt(String step, String... variables) {
    List<String> all =
        Stream.concat(Stream.of(stopping(step, "STOP")), Stream.of(variables)).toList();
    return HeldInstall.start(folder.resolve("held.out"), command(all, true));
  }

  private static String stopping(String step, String signal) {
    return "PUSHGATE_INSTALL_STOP=" + step + ":" + signal;
  }

  /** The installer where nothing is but busybox, curl and the nginx that runs. */
  Finished installByBusybox(String... options) {
    Path programs = folder.resolve("programs");
    Finished.run(
        "sh",
        "-c",
        "mkdir \"$1\"; busybox --install -s \"$1\"; ln -s \"$(command -v curl)\" \"$1\"",
        "sh",
        programs.toString());
    return Finished.run(command(List.of("PATH=" + programs), true, options));
  }

  /**
   * Tests that run in the background ignore SIGINT, and what they start inherits that; a shell
   * can't trap a signal that it was started to ignore.
   */
  private String[] command(List<String> variables, boolean withGateway, String... options) {
    List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT,TERM,QUIT,PIPE"));
    words.addAll(variables);
    words.addAll(List.of("sh", FILES.resolve("install.sh").toString()));
    words.addAll(List.of("--nginx-conf", path("nginx.conf").toString()));
    words.addAll(List.of("--backup-dir", folder.resolve("backups").toString()));
    if (withGateway) {
      words.addAll(List.of("--gateway", "127.0.0.1:" + gatewayPort));
    }
    words.addAll(List.of(options));
    return words.toArray(String[]::new);
  }

  /** What nginx answers to a plain request of the gateway's path, which shows who answered it. */
  HttpResponse<String> probe() {
    return get(PROBE);
  }

  HttpResponse<String> get(String target) {
    return HttpCall.get(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), target);
  }

  /** The stamp of what the installer wrote, from nginx itself; empty where none of it answers. */
  String stamp() {
    return probe().headers().firstValue("X-Pushgate-Route").orElse("");
  }

  /**
   * Waits until the stamp is one that matches: for a moment after a reload both the old and the new
   * workers accept.
   */
  void awaitStamp(String pattern) {
    Waiting.until(() -> pattern + " is not " + stamp(), () -> stamp().matches(pattern));
  }

  /** How often nginx was told to load its files anew. */
  long reloads() {
    return nginx.errorLog().lines().filter(line -> line.endsWith(": reconfiguring")).count();
  }

  /** Every file and directory of the configuration with its mode and its bytes. */
  Map<String, String> tree() {
    return tree(folder.resolve("conf"));
  }

  Map<String, String> backups() {
    return tree(folder.resolve("backups"));
  }

  private static Map<String, String> tree(Path root) {
    Map<String, String> found = new TreeMap<>();
    if (!Files.exists(root)) {
      return found;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path each : paths.toList()) {
        found.put(root.relativize(each).toString(), describe(each));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static String describe(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path);
    }
    String mode =
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    return Files.isDirectory(path) ? mode : mode + "\n" + Files.readString(path);
  }

  @Override
  public void close() {
    nginx.close();
  }
}
