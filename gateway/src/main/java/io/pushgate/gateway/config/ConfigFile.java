package io.pushgate.gateway.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a configuration file: UTF-8 lines {@code x-y=value}; empty lines and lines that begin with
 * {@code #} do not count, nor do spaces around name and value.
 */
final class ConfigFile {
  private static final int MAX_BYTES = 1 << 20;

  private ConfigFile() {}

  /** Reads the file that {@code askedBy} (an option or a variable) names. */
  static Map<String, Setting> read(String file, String askedBy, Set<String> known) {
    String name = Literals.quote(file) + " (" + askedBy + ")";
    try {
      Path path = Path.of(file);
      if (!Files.isReadable(path) || Files.isDirectory(path)) {
        throw new ConfigException("--config: expected a readable file, not " + name);
      }
      byte[] bytes = Files.readAllBytes(path);
      if (bytes.length > MAX_BYTES) {
        throw new ConfigException("--config: expected a file of at most 1MiB, not " + name);
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return parse(file, text.lines().toList(), known);
    } catch (CharacterCodingException noUtf8) {
      throw new ConfigException("--config: expected UTF-8 text, not " + name);
    } catch (InvalidPathException | IOException unreadable) {
      throw new ConfigException("--config: expected a readable file, not " + name);
    }
  }

  static Map<String, Setting> parse(String file, List<String> lines, Set<String> known) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).trim();
      String where = file + ":" + (i + 1);
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      if (equals < 0) {
        throw new ConfigException(where + ": expected option=value, not " + Literals.quote(line));
      }
      String key = line.substring(0, equals).trim();
      if (!known.contains(key)) {
        throw new ConfigException(
            where
                + ": unknown option "
                + Literals.quote(key)
                + ", the nearest known one is "
                + Nearest.to(key, known));
      }
      Setting setting = new Setting(key, line.substring(equals + 1).trim(), "file " + where);
      Setting earlier = settings.put(key, setting);
      if (earlier != null) {
        throw new ConfigException(
            where + ": expected " + key + " once, but " + earlier.source() + " has it too");
      }
    }
    return settings;
  }
}
