package io.pushgate.bench.measure;

import io.netty.util.Version;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a figure depends on besides the options: versions, machine, JVM. Any thread. */
public final class Environment {
  private static final Path KERNEL = Path.of("/proc/sys/kernel/osrelease");
  private static final Path CPU = Path.of("/proc/cpuinfo");

  private Environment() {}

  public static Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("startedAt", Instant.now().toString());
    facts.put("bench", version());
    Version netty = Version.identify().get("netty-transport");
    facts.put("netty", netty == null ? "unknown" : netty.artifactVersion());
    facts.put("java", System.getProperty("java.version"));
    facts.put("jvm", System.getProperty("java.vm.name"));
    facts.put("jvmArguments", ManagementFactory.getRuntimeMXBean().getInputArguments());
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("kernel", kernel());
    facts.put("cpu", cpu());
    facts.put("cpusOfThisProcess", Runtime.getRuntime().availableProcessors());
    return facts;
  }

  /** From the manifest of the jar; there is none when it runs from classes. */
  public static String version() {
    String version = Environment.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static String kernel() {
    try {
      return Files.readString(KERNEL).strip();
    } catch (IOException e) {
      return "unknown: " + e.getMessage();
    }
  }

  private static String cpu() {
    try {
      return Files.readAllLines(CPU).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown: " + e.getMessage();
    }
  }
}
