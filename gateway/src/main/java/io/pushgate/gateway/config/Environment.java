package io.pushgate.gateway.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the options that environment variables set. */
final class Environment {
  static final String CONFIG_VARIABLE = Options.VARIABLE_PREFIX + "CONFIG";

  /** The start script's own: which JVM it runs, and with which options. */
  private static final Set<String> OF_THE_START_SCRIPT =
      Set.of("PUSHGATE_JAVA", "PUSHGATE_JAVA_OPTS");

  private Environment() {}

  static Map<String, Setting> read(Map<String, String> variables) {
    Map<String, String> optionOf = new HashMap<>();
    Options.all().forEach(option -> optionOf.put(option.variable(), option.name()));
    Map<String, Setting> settings = new LinkedHashMap<>();
    // Sorted, so that of several unknown variables always the same one is told.
    new TreeMap<>(variables)
        .forEach(
            (name, value) -> {
              String option = optionOf.get(name);
              if (option != null) {
                settings.put(option, new Setting(option, value, "env " + name));
              } else if (isOurs(name)) {
                optionOf.put(CONFIG_VARIABLE, "config");
                throw new ConfigException(
                    "unknown environment variable "
                        + Literals.quote(name)
                        + ", the nearest known one is "
                        + Nearest.to(name, optionOf.keySet()));
              }
            });
    return settings;
  }

  private static boolean isOurs(String name) {
    return name.startsWith(Options.VARIABLE_PREFIX)
        && !name.equals(CONFIG_VARIABLE)
        && !OF_THE_START_SCRIPT.contains(name);
  }
}
