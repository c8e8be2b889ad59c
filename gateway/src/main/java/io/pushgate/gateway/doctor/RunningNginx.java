package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.probe.SiteUrl;
import io.pushgate.gateway.nginx.Configuration;
import io.pushgate.gateway.nginx.NginxSyntaxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configuration of the nginx that runs on this machine, where it may be read. Any thread. */
public final class RunningNginx {
  private static final Path DEFAULT = Path.of("/etc/nginx/nginx.conf");
  private static final Pattern FILE = Pattern.compile(" -c ?(\\S+)");
  private static final Pattern PREFIX = Pattern.compile(" -p ?(\\S+)");

  private RunningNginx() {}

  /** That of the nginx which serves a site; empty where that is elsewhere, or none of ours. */
  public static Optional<Configuration> of(SiteUrl site) {
    return isHere(site)
        ? masters().stream()
            .map(RunningNginx::read)
            .flatMap(Optional::stream)
            .filter(read -> read.server(site.address(), site.port()).isPresent())
            .findFirst()
        : Optional.empty();
  }

  private static boolean isHere(SiteUrl site) {
    try {
      for (InetAddress address : InetAddress.getAllByName(site.address())) {
        if (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null) {
          return true;
        }
      }
      return false;
    } catch (UnknownHostException | SocketException elsewhere) {
      return false;
    }
  }

  /** The command lines of all masters, which nginx writes into its title. */
  private static List<String> masters() {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        String title = titleOf(process);
        if (title.startsWith("nginx: master process")) {
          found.add(title);
        }
      }
    } catch (IOException | UncheckedIOException noProcesses) {
      return found;
    }
    return found;
  }

  private static String titleOf(Path process) {
    try {
      return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8)
          .replace('\0', ' ')
          .strip();
    } catch (IOException gone) {
      return "";
    }
  }

  private static Optional<Configuration> read(String title) {
    Matcher file = FILE.matcher(title);
    Matcher prefix = PREFIX.matcher(title);
    Path path = file.find() ? Path.of(file.group(1)) : DEFAULT;
    if (!path.isAbsolute() && prefix.find()) {
      path = Path.of(prefix.group(1)).resolve(path);
    }
    try {
      return Files.isReadable(path) ? Optional.of(Configuration.read(path)) : Optional.empty();
    } catch (NginxSyntaxException changedSince) {
      return Optional.empty();
    }
  }
}
