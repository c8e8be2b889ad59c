package io.pushgate.gateway.command;

import io.pushgate.gateway.config.Setting;
import io.pushgate.gateway.config.Settings;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what serve would run with, and where each value came from. Main thread. */
@Command(
    name = "check-config",
    description = "Checks serve's options and prints the effective values and their sources.",
    mixinStandardHelpOptions = true,
    versionProvider = Program.Version.class,
    abbreviateSynopsis = true,
    sortOptions = false)
final class CheckConfigCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec before it calls anything.
  CheckConfigCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Settings settings = ServeOptions.resolve(spec, environment);
    settings.config();
    for (Setting setting : settings.all()) {
      String line = setting.option() + "=" + setting.text();
      spec.commandLine().getOut().println("%-44s %s".formatted(line, setting.source()));
    }
    return 0;
  }
}
