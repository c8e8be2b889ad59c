package io.pushgate.gateway.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a unit file of systemd says, as far as a test starts its service by it; immutable. */
public record ServiceUnit(List<String> lines) {

  public static ServiceUnit read(Path file) throws IOException {
    return new ServiceUnit(Files.readAllLines(file));
  }

  /** The one value of a key. */
  public String value(String key) {
    List<String> values =
        lines.stream()
            .filter(line -> line.startsWith(key + "="))
            .map(line -> line.substring(key.length() + 1))
            .toList();
    if (values.size() != 1) {
      throw new AssertionError(key + " stands there " + values.size() + " times");
    }
    return values.get(0);
  }

  public Duration seconds(String key) {
    return Duration.parse("PT" + value(key));
  }
}
