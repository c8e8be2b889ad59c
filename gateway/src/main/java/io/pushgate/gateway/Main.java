package io.pushgate.gateway;

import io.pushgate.gateway.command.Program;

/** The entry of the program: hands the words of the command line over and exits with the result. */
public final class Main {
  private Main() {}

  /** Runs one command; see {@code --help}. */
  public static void main(String[] args) {
    System.exit(new Program(Gateway::start, System.getenv()).run(args));
  }
}
