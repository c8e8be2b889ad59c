package io.pushgate.bench;

import io.pushgate.bench.measure.Environment;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the load generator. */
@Command(
    name = "pushgate-bench",
    description = "Loads a push gateway and measures it.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all fine",
      "1:something was lost, doubled or reordered",
      "2:wrong options",
      "3:could not run, or not as asked"
    },
    subcommands = {
      ConnectCommand.class,
      BroadcastCommand.class,
      UnicastCommand.class,
      FloorCommand.class,
      CrashCommand.class,
      CrowdCommand.class,
      FaultsCommand.class,
      SoakCommand.class,
      SlowCommand.class,
      DurableCommand.class
    })
public final class Main implements Callable<Integer> {
  /** What the client spends on a delivery is taken from the server it shares a machine with. */
  private static final Map<String, String> LEAN =
      Map.of(
          "io.netty.leakDetection.level", "disabled",
          "io.netty.buffer.checkAccessible", "false",
          "io.netty.buffer.checkBounds", "false");

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  public static void main(String[] args) {
    LEAN.forEach((key, value) -> System.setProperty(key, System.getProperty(key, value)));
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commands =
        new CommandLine(new Main())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(Main::failed)
            .setParameterExceptionHandler(Main::misused);
    registerConverters(commands);
    return commands;
  }

  private static void registerConverters(CommandLine commands) {
    commands.registerConverter(Duration.class, Durations::parse);
    commands.getSubcommands().values().forEach(Main::registerConverters);
  }

  /** Without a word there is nothing to measure. */
  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "one of connect, broadcast, unicast, floor, crash, faults, soak, slow, durable is needed");
  }

  /** One line that names the option, and where the others are told. */
  private static int misused(ParameterException cause, String[] args) {
    PrintWriter err = cause.getCommandLine().getErr();
    String command = cause.getCommandLine().getCommandSpec().qualifiedName();
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    err.println("pushgate-bench: %s (see %s --help)".formatted(message, command));
    err.flush();
    return ExitCode.USAGE;
  }

  /** What the world did wrong is told in a line; anything else is our own fault and shows where. */
  private static int failed(Exception cause, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (cause instanceof IOException) {
      err.println("pushgate-bench: " + cause.getMessage());
    } else {
      cause.printStackTrace(err);
    }
    err.flush();
    return ExitCode.COULD_NOT_RUN;
  }

  /** The version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"pushgate-bench " + Environment.version()};
    }
  }
}
