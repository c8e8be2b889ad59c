package io.pushgate.bench;

import io.pushgate.bench.measure.ServerProcess;
import io.pushgate.bench.publish.AtEveryone;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Pushes to everyone. */
@Command(
    name = "broadcast",
    description = "Opens sessions and pushes to everyone.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BroadcastCommand implements Callable<Integer> {
  @Mixin private SessionOptions sessions = new SessionOptions();

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "Users whom the sessions belong to in turn. Default: one a session")
  private int users;

  @Mixin private LoadOptions load = new LoadOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws Exception {
    int count = sessions.sessions();
    int run = ThreadLocalRandom.current().nextInt();
    load.check();
    LoadRun.Job job =
        new LoadRun.Job(
            sessions,
            load,
            sessions.plan(run, load.payload(), 0),
            new AtEveryone(count),
            sessions.users(users),
            0);
    ServerProcess server = output.server();
    LoadResult result = new LoadRun(job, server, output.progress()).run();
    LoadReport report = new LoadReport(result, load.load(), server != null);
    String title = "broadcast to %,d sessions, %s".formatted(count, load.described());
    output.tell(title, report.sections(), report.remarks(), result.exitCode());
    return result.exitCode();
  }
}
