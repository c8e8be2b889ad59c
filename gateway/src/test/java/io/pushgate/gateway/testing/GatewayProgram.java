package io.pushgate.gateway.testing;

import io.pushgate.gateway.Main;
import io.pushgate.gateway.config.ListenConfig;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The whole program in a process of its own, on free ports, as an operator has it. Any thread. */
public final class GatewayProgram implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("listening public=\\S+:(\\d+) ingress=\\S+:(\\d+) admin=\\S+:(\\d+)");

  private final ChildJvm process;
  private final ListenConfig bound;

  private GatewayProgram(ChildJvm process, ListenConfig bound) {
    this.process = process;
    this.bound = bound;
  }

  /** Starts {@code serve} and returns when its ports are bound. */
  public static GatewayProgram serve(String... options) throws Exception {
    return listening(start(Map.of(), options));
  }

  /** The same with all that it may log. */
  public static GatewayProgram serveAtDebugLevel(String... options) throws Exception {
    String level = "-Dorg.slf4j.simpleLogger.defaultLogLevel=debug";
    return listening(start(Map.of("JDK_JAVA_OPTIONS", level), options));
  }

  private static GatewayProgram listening(ChildJvm process) throws InterruptedException {
    Matcher ports = LISTENING.matcher(process.awaitOut("listening "));
    if (!ports.matches()) {
      throw new AssertionError("not the line of the contract: " + ports);
    }
    return new GatewayProgram(
        process,
        new ListenConfig(
            "127.0.0.1", port(ports, 1), "127.0.0.1", port(ports, 2), "127.0.0.1", port(ports, 3)));
  }

  private static ChildJvm start(Map<String, String> environment, String... options)
      throws IOException {
    Stream<String> freePorts = Stream.of("--public-port=0", "--ingress-port=0", "--admin-port=0");
    return ChildJvm.start(
        Main.class,
        environment,
        Stream.concat(freePorts, Stream.of(options)).toArray(String[]::new));
  }

  private static int port(Matcher ports, int group) {
    return Integer.parseInt(ports.group(group));
  }

  public ListenConfig bound() {
    return bound;
  }

  public ChildJvm process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
