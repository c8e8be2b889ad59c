package io.pushgate.gateway.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the programs a test needs, or fails with the command that installs them; any thread. */
final class Programs {
  /** Debian keeps daemons here, where the PATH of a plain user does not look. */
  private static final List<String> SYSTEM_FOLDERS = List.of("/usr/sbin", "/usr/local/sbin");

  private Programs() {}

  static Path find(String name, String debianPackage) {
    Stream<String> path =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
    return Stream.concat(path, SYSTEM_FOLDERS.stream())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s is not installed; on Debian: apt-get install -y %s"
                        .formatted(name, debianPackage)));
  }
}
