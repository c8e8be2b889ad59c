package io.pushgate.gateway.command;

import io.pushgate.protocol.JsonObject;
import io.pushgate.protocol.Limits;
import io.pushgate.protocol.Names;
import io.pushgate.protocol.UserId;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints where one notification is, or where a user's sessions stand. Main thread. */
@Command(
    name = "trace",
    description = "Prints the path of one notification, or where a user's sessions stand.",
    footer = {
      "",
      "Exit codes: 0 found, 1 gateway unreachable or refusing, 2 misuse, 3 nothing is known of it."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Program.Version.class,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets what has a default before it calls anything.
final class TraceCommand implements Callable<Integer> {
  private static final int NOT_FOUND = 3;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "The notification, by the id that its publisher gave it or was answered.")
  private @Nullable String id;

  @Option(names = "--user", paramLabel = "NAME", description = "Whose sessions to look at instead.")
  private @Nullable String user;

  @Option(
      names = "--admin",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8002",
      description = "The gateway's admin port. Default: ${DEFAULT-VALUE}.")
  private String admin;

  @Option(names = "--secret-file", paramLabel = "FILE", description = "The admin secret.")
  private @Nullable String secretFile;

  @Option(names = "--json", description = "Prints the gateway's answer as it came.")
  private boolean json;

  @Override
  public Integer call() throws CommandFailure {
    if ((id == null) == (user == null)) {
      throw CommandFailure.misuse("expected either an ID or --user");
    }
    Endpoint endpoint = Endpoint.parse("--admin", admin);
    String secret = secretFile == null ? null : Inputs.secretFile("--secret-file", secretFile);
    AdminAnswer answer = AdminAnswer.get(endpoint, path(), secret);
    if (!answer.found()) {
      spec.commandLine().getErr().println("pushgate trace: nothing is known of '" + id + "'");
      return NOT_FOUND;
    }
    return print(answer, answer.json());
  }

  private int print(AdminAnswer answer, JsonObject fields) throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    try {
      List<String> lines =
          user == null ? TraceReport.notification(fields) : TraceReport.user(fields);
      if (json) {
        out.println(answer.body());
      } else {
        lines.forEach(out::println);
      }
      return user == null || !fields.objects("sessions").isEmpty() ? 0 : NOT_FOUND;
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException unknown) {
      throw answer.notUnderstood(unknown);
    }
  }

  private String path() throws CommandFailure {
    if (user != null) {
      String fault = UserId.fault(user);
      if (fault != null) {
        throw CommandFailure.misuse("--user: the name " + fault);
      }
      return "/api/users/" + PathSegment.of(user);
    }
    String fault = Names.fault(String.valueOf(id), Limits.MAX_NAME_BYTES);
    if (fault != null) {
      throw CommandFailure.misuse("the id " + fault);
    }
    return "/api/notifications/" + PathSegment.of(String.valueOf(id));
  }
}
