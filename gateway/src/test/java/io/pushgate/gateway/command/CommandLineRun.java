package io.pushgate.gateway.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** One run of the program inside this JVM: its exit code and what it printed. */
public record CommandLineRun(int exitCode, String out, String err) {
  private static final Service.Starter NEVER =
      config -> {
        throw new AssertionError("nothing was to be started");
      };

  public static CommandLineRun of(String... args) {
    return of(NEVER, Map.of(), args);
  }

  /** A run with variables of the environment, for a command that starts nothing. */
  public static CommandLineRun withEnvironment(Map<String, String> environment, String... args) {
    return of(NEVER, environment, args);
  }

  static CommandLineRun of(
      Service.Starter starter, Map<String, String> environment, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        new Program(starter, environment, new PrintWriter(out, true), new PrintWriter(err, true))
            .run(args);
    return new CommandLineRun(exitCode, out.toString(), err.toString());
  }
}
