package io.pushgate.gateway.testing;

import java.lang.management.ManagementFactory;

/** A program that tells what it was started with, for tests of what starts programs. */
public final class EchoProgram {
  public static final String PRINT_FLAGS = "--print-flags";
  public static final String PRINT_VARIABLES = "--print-variables";

  private EchoProgram() {}

  public static void main(String[] arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    switch (first) {
      case PRINT_FLAGS ->
          ManagementFactory.getRuntimeMXBean().getInputArguments().forEach(f -> say("flag", f));
      case PRINT_VARIABLES ->
          System.getenv().keySet().stream()
              .filter(name -> name.startsWith("PUSHGATE_"))
              .forEach(name -> say("variable", name));
      default -> {
        for (String argument : arguments) {
          say("argument", argument);
        }
      }
    }
  }

  private static void say(String what, String value) {
    System.out.println(what + " [" + value + "]");
  }
}
