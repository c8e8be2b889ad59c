package io.pushgate.gateway;

import io.pushgate.gateway.command.Program;
import io.pushgate.gateway.command.Service;
import io.pushgate.gateway.command.StartException;
import io.pushgate.gateway.config.GatewayConfig;

/** The entry of the program: hands the words of the command line over and exits with the result. */
public final class Main {
  private Main() {}

  /** Runs one command; see {@code --help}. */
  public static void main(String[] args) {
    System.exit(new Program(Main::start, System.getenv()).run(args));
  }

  private static Service start(GatewayConfig config) throws StartException {
    throw new StartException("serve is not part of this build yet", null);
  }
}
