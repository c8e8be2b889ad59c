package io.pushgate.bench;

import io.pushgate.bench.client.Fleet;
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
    load.check(output.isServerKnown());
    Fleet.Plan fleet = sessions.plan(ThreadLocalRandom.current().nextInt(), load.payload(), 0);
    int among = sessions.users(users);
    Measurement measurement =
        new Measurement(
            load,
            output,
            (target, ingress) ->
                new LoadRun.Job(
                    sessions, load, fleet.at(target), ingress, new AtEveryone(count), among, 0));
    String title = "broadcast to %,d sessions, %s".formatted(count, load.described());
    return measurement.run(title, fleet.target());
  }
}
