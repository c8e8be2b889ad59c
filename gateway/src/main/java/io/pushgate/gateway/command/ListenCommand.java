package io.pushgate.gateway.command;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Connects as a user and prints what comes. Main thread, which waits for the client's loop. */
@Command(
    name = "listen",
    description = "Connects as a user and prints the frames that come, a line each.",
    footer = {
      "",
      "After a cut it comes back and goes on behind the last frame.",
      "Exit codes: 0 got what --count asked for, 1 refused or sent away, 2 misuse."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Program.Version.class,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets required options before it calls anything.
final class ListenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--user", required = true, paramLabel = "NAME", description = "Who listens.")
  private String user;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "ws://127.0.0.1:8000",
      description = "The gateway, or a proxy before it: ws or wss. Default: ${DEFAULT-VALUE}.")
  private String url;

  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "Position behind which to begin; 'end' is behind all that is held.")
  private @Nullable String after;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The user's token; read again at each attempt.")
  private @Nullable String tokenFile;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "0",
      description = "Ends after this many notifications; 0 never does.")
  private String count;

  @Option(names = "--ack", description = "Acknowledges each notification.")
  private boolean ack;

  @Override
  public Integer call() throws Exception {
    Subscription subscription = subscription();
    MultiThreadIoEventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      Listener listener =
          new Listener(
              loops.next(), subscription, spec.commandLine().getOut(), spec.commandLine().getErr());
      return listener.start().get();
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }
  }

  private Subscription subscription() throws CommandFailure {
    String fault = user.equals("me") ? null : UserId.fault(user);
    if (fault != null) {
      throw CommandFailure.misuse("--user: the name " + fault);
    }
    if (after != null && !after.equals("end") && Position.parse(after) == null) {
      throw CommandFailure.misuse("--after: expected a position, not '" + after + "'");
    }
    if (!count.matches("[0-9]{1,9}")) {
      throw CommandFailure.misuse("--count: expected a number, not '" + count + "'");
    }
    if (tokenFile != null) {
      Inputs.secretFile("--token-file", tokenFile);
    }
    return new Subscription(
        StreamUri.of(url, user), after, tokenFile, Integer.parseInt(count), ack);
  }
}
