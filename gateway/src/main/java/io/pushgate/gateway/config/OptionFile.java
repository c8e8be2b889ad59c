package io.pushgate.gateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file and the option that names it. Immutable. */
public record OptionFile(String option, Path path) {
  private static final int MAX_BYTES = 1 << 20;

  /**
   * The whole file.
   *
   * @throws IllegalArgumentException where it cannot be read or is larger than 1 MiB
   */
  public byte[] read() {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw fault("more than 1 MiB");
      }
      return bytes;
    } catch (IOException unreadable) {
      throw fault("nothing that can be read");
    }
  }

  /**
   * What is wrong with the file, in a line that names it.
   *
   * @param held stands behind the word "holds"
   */
  public IllegalArgumentException fault(String held) {
    return new IllegalArgumentException("--%s: %s holds %s".formatted(option, path, held));
  }

  /** The path alone, as logs name it. */
  @Override
  public String toString() {
    return path.toString();
  }
}
