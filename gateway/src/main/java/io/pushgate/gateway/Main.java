package io.pushgate.gateway;

import io.pushgate.gateway.command.Program;
import io.pushgate.gateway.command.StartException;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.supervision.Supervision;
import java.util.Map;

/** The entry of the program: hands the words of the command line over and exits with the result. */
public final class Main {
  private Main() {}

  /** Runs one command; see {@code --help}. */
  public static void main(String[] args) {
    Map<String, String> environment = System.getenv();
    System.exit(new Program(config -> start(config, environment), environment).run(args));
  }

  private static Gateway start(GatewayConfig config, Map<String, String> environment)
      throws StartException {
    long pid = ProcessHandle.current().pid();
    return Gateway.start(config, Supervision.of(environment, pid));
  }
}
