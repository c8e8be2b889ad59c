package io.pushgate.gateway.command;

import io.pushgate.gateway.config.ConfigException;
import io.pushgate.gateway.config.Nearest;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole: which word does what, and how a misuse is told. Main thread. */
public final class Program {
  /** A command's own exit codes, beside 0 for all is well. */
  static final int FAILED = 1;

  static final int MISUSE = 2;

  private static final Logger log = LoggerFactory.getLogger(Program.class);

  /** What is answered without any command; all else that begins with a dash is meant for serve. */
  private static final Set<String> WITHOUT_A_WORD = Set.of("-h", "--help", "-V", "--version");

  private final CommandLine commandLine;

  /** Wires the commands. */
  public Program(Service.Starter starter, Map<String, String> environment) {
    this(
        starter,
        environment,
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }

  Program(
      Service.Starter starter, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    commandLine =
        new CommandLine(new Root())
            .addSubcommand(ServeOptions.addTo(new ServeCommand(starter, environment)))
            .addSubcommand(new PushCommand())
            .addSubcommand(new ListenCommand())
            .addSubcommand(new TraceCommand())
            .addSubcommand(new DoctorCommand(environment))
            .addSubcommand(new TokenCommand())
            .addSubcommand(ServeOptions.addTo(new CheckConfigCommand(environment)))
            .setOut(out)
            .setErr(err)
            .setExpandAtFiles(false)
            .setParameterExceptionHandler((misuse, args) -> misuse(misuse))
            .setExecutionExceptionHandler((failure, command, parsed) -> failure(failure, command));
  }

  /** Runs one command and returns the exit code of the process. */
  public int run(String... args) {
    boolean meantForServe =
        args.length == 0 || (args[0].startsWith("-") && !WITHOUT_A_WORD.contains(args[0]));
    if (!meantForServe) {
      return commandLine.execute(args);
    }
    String[] withWord = new String[args.length + 1];
    withWord[0] = "serve";
    System.arraycopy(args, 0, withWord, 1, args.length);
    return commandLine.execute(withWord);
  }

  private static int misuse(ParameterException misuse) {
    CommandLine command = misuse.getCommandLine();
    String message =
        misuse instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched.getUnmatched().get(0), command)
            : String.valueOf(misuse.getMessage());
    return tell(command, message, command.getCommandSpec().exitCodeOnInvalidInput());
  }

  private static String unmatched(String word, CommandLine command) {
    if (word.startsWith("-")) {
      String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
      Set<String> known =
          command.getCommandSpec().options().stream()
              .map(CommandLine.Model.OptionSpec::longestName)
              .collect(Collectors.toSet());
      return "unknown option '%s', the nearest known one is %s"
          .formatted(name, Nearest.to(name, known));
    }
    Set<String> commands = command.getSubcommands().keySet();
    return commands.isEmpty()
        ? "unexpected argument '" + word + "'"
        : "unknown command '%s', the nearest known one is %s"
            .formatted(word, Nearest.to(word, commands));
  }

  private static int failure(Exception failure, CommandLine command) {
    if (failure instanceof ConfigException) {
      return tell(command, String.valueOf(failure.getMessage()), MISUSE);
    }
    if (failure instanceof CommandFailure expected) {
      return tell(command, String.valueOf(failure.getMessage()), expected.exitCode());
    }
    log.error("{} failed", command.getCommandName(), failure);
    return FAILED;
  }

  private static int tell(CommandLine command, String message, int exitCode) {
    String line = message.replaceAll("\\s*\\R\\s*", " ");
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + line);
    return exitCode;
  }

  /** What stands before every command's word. */
  @Command(
      name = "pushgate",
      description = "A gateway that pushes notifications to browsers.",
      footer = "Without a command it is serve.",
      versionProvider = Version.class,
      mixinStandardHelpOptions = true,
      synopsisSubcommandLabel = "COMMAND")
  private static final class Root {}

  /** The version that the packaging wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Program.class.getPackage().getImplementationVersion();
      return new String[] {"pushgate " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
