package io.pushgate.bench;

import io.pushgate.bench.client.Fleet;
import io.pushgate.bench.publish.AtRandomUsers;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Pushes to one user each. */
@Command(
    name = "unicast",
    description = "Opens sessions and pushes to random users of theirs.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class UnicastCommand implements Callable<Integer> {
  @Mixin private SessionOptions sessions = new SessionOptions();

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "Users whom the sessions belong to in turn. Default: one a session")
  private int users;

  @Option(
      names = "--idle",
      paramLabel = "N",
      defaultValue = "0",
      description = "Sessions more that nothing is pushed to. Default: ${DEFAULT-VALUE}")
  private int idle;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Draws the users. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Mixin private LoadOptions load = new LoadOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws Exception {
    int count = sessions.sessions();
    load.check(output.isServerKnown());
    sessions.range("--idle", idle, 0, 1_000_000);
    int among = sessions.users(users);
    Fleet.Plan fleet = sessions.plan(ThreadLocalRandom.current().nextInt(), load.payload(), idle);
    Measurement measurement =
        new Measurement(
            load,
            output,
            (target, ingress) ->
                new LoadRun.Job(
                    sessions,
                    load,
                    fleet.at(target),
                    ingress,
                    new AtRandomUsers(fleet.names(), among, count, seed),
                    among,
                    idle));
    String title =
        "unicast among %,d users with %,d sessions beside %,d idle ones, %s"
            .formatted(among, count, idle, load.described());
    return measurement.run(title, fleet.target());
  }
}
