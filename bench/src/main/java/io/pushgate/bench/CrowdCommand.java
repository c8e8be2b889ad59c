package io.pushgate.bench;

import io.pushgate.bench.fault.ChildCrowd;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sessions that say nothing, in a process of their own that {@code faults} can freeze. */
@Command(
    name = "crowd",
    description = "Opens sessions, and stays until stdin ends; for the faults command.",
    hidden = true,
    mixinStandardHelpOptions = true)
final class CrowdCommand implements Callable<Integer> {
  @Option(names = "--address", paramLabel = "HOST:PORT", required = true)
  private String address = "";

  @Option(names = "--count", paramLabel = "N", required = true)
  private int count;

  @Override
  public Integer call() throws Exception {
    ChildCrowd.stay(LoadOptions.address(address), count);
    return ExitCode.FINE;
  }
}
