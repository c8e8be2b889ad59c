package io.pushgate.gateway.command;

import io.pushgate.gateway.config.Option;
import io.pushgate.gateway.config.Options;
import io.pushgate.gateway.config.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The table of options as the command line offers it to {@code serve} and {@code check-config}. */
final class ServeOptions {
  private ServeOptions() {}

  static CommandLine addTo(Callable<Integer> command) {
    CommandLine commandLine = new CommandLine(command);
    CommandSpec spec = commandLine.getCommandSpec();
    spec.addOption(
        OptionSpec.builder("--config")
            .type(String.class)
            .paramLabel("FILE")
            .description("File of option=value lines.")
            .build());
    for (Option<?> option : Options.all()) {
      spec.addOption(
          OptionSpec.builder("--" + option.name())
              .type(String.class)
              .paramLabel("VALUE")
              .arity(option.isFlag() ? "0..1" : "1")
              .fallbackValue(option.isFlag() ? "true" : "")
              .description(option.help() + " Default: " + option.fallbackText() + ".")
              .build());
    }
    return commandLine;
  }

  static Settings resolve(CommandSpec spec, Map<String, String> environment) {
    Map<String, String> given = new LinkedHashMap<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      given.put(option.longestName().substring(2), option.getValue());
    }
    return Settings.resolve(given, environment);
  }
}
