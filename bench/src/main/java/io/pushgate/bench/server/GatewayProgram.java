package io.pushgate.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a gateway is started: the jar or its classes, the JVM's options, the gateway's own.
 * Immutable.
 *
 * @param path the runnable jar, or a class path that holds the gateway's classes
 * @param launcher what the JVM is started by: {@code prlimit --nofile=300}; may be empty
 * @param jvmOptions before the program
 * @param options {@code name=value} each, without the dashes
 */
public record GatewayProgram(
    String path, List<String> launcher, List<String> jvmOptions, List<String> options) {
  private static final String MAIN = "io.pushgate.gateway.Main";

  public GatewayProgram {
    launcher = List.copyOf(launcher);
    jvmOptions = List.copyOf(jvmOptions);
    options = List.copyOf(options);
  }

  /** The same with options more; of one that stands there twice the last counts. */
  public GatewayProgram with(List<String> more) {
    List<String> all = new ArrayList<>(options);
    for (String option : more) {
      String name = option.substring(0, option.indexOf('=') + 1);
      all.removeIf(other -> other.startsWith(name));
      all.add(option);
    }
    return new GatewayProgram(path, launcher, jvmOptions, all);
  }

  /** The same with a launcher, and options of the JVM behind those it has. */
  public GatewayProgram launchedBy(List<String> command, List<String> moreJvmOptions) {
    List<String> jvm = new ArrayList<>(jvmOptions);
    jvm.addAll(moreJvmOptions);
    return new GatewayProgram(path, command, jvm, options);
  }

  /** Throws where there is no such file, before anything is waited for. */
  public void check() throws IOException {
    if (isJar() && !Files.isRegularFile(Path.of(path))) {
      throw new IOException("there is no gateway at " + path);
    }
  }

  List<String> command() {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(isJar() ? List.of("-jar", path) : List.of("-cp", path, MAIN));
    command.add("serve");
    for (String port : List.of("public", "ingress", "admin")) {
      command.add("--" + port + "-port=0");
    }
    options.forEach(option -> command.add("--" + option));
    return command;
  }

  private boolean isJar() {
    return path.endsWith(".jar") && path.indexOf(':') < 0;
  }
}
