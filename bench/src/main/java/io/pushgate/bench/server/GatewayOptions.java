package io.pushgate.bench.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which gateway a command starts. */
public final class GatewayOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--gateway",
      paramLabel = "PATH",
      required = true,
      description = "The gateway's jar, or a class path with its classes; started by this command.")
  private String path = "";

  @Option(
      names = "--option",
      paramLabel = "NAME=VALUE",
      description =
          "An option of the gateway, without its dashes: journal-sync=always. Repeatable.")
  private List<String> options = new ArrayList<>();

  @Option(
      names = "--jvm-option",
      paramLabel = "OPTION",
      description = "An option of the gateway's JVM: --jvm-option=-Xmx512m. Repeatable.")
  private List<String> jvmOptions = new ArrayList<>();

  /**
   * The gateway with these options, which those of the command line override.
   *
   * @throws IOException where there is none at that path
   */
  public GatewayProgram program(List<String> defaults) throws IOException {
    for (String option : options) {
      if (!option.matches("[a-z-]+=.*")) {
        throw new ParameterException(
            spec.commandLine(), "--option: '%s' is no NAME=VALUE".formatted(option));
      }
    }
    GatewayProgram program =
        new GatewayProgram(path, List.of(), jvmOptions, defaults).with(options);
    program.check();
    return program;
  }
}
