package io.pushgate.gateway.command;

import io.pushgate.gateway.config.Literals;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.publisher.PublisherTls;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Pushes one notification and prints the answer. Main thread. */
@Command(
    name = "push",
    description = "Pushes one notification over the ingress port and prints the answer.",
    footer = {"", "Exit codes: 0 acked, 1 gateway unreachable, 2 misuse, 3 nacked."},
    mixinStandardHelpOptions = true,
    versionProvider = Program.Version.class,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets required options before it calls anything.
final class PushCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "NAME[,NAME...]|*",
      description = "Users, separated by commas, or * for everyone.")
  private String to;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "JSON|@FILE|-",
      description = "The notification's data: JSON, a file of it, or - for the standard input.")
  private String data;

  @Option(names = "--type", paramLabel = "TYPE", description = "What kind of notification it is.")
  private @Nullable String type;

  @Option(names = "--id", paramLabel = "ID", description = "Idempotency key.")
  private @Nullable String id;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description = "How long it is held: whole seconds, or a time such as 10m; 0s is not at all.")
  private @Nullable String ttl;

  @Option(
      names = "--collapse",
      paramLabel = "KEY",
      description = "Of those held with the same key only the newest is replayed.")
  private @Nullable String collapse;

  @Option(
      names = "--ingress",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8001",
      description = "The gateway's ingress port. Default: ${DEFAULT-VALUE}.")
  private String ingress;

  @Option(names = "--secret-file", paramLabel = "FILE", description = "The ingress secret.")
  private @Nullable String secretFile;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "Speaks TLS, and believes these certificates in PEM.")
  private @Nullable Path tlsCa;

  @Option(names = "--tls-cert", paramLabel = "FILE", description = "The certificate to show.")
  private @Nullable Path tlsCert;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its key, in PKCS #8.")
  private @Nullable Path tlsKey;

  @Override
  public Integer call() throws CommandFailure {
    Endpoint endpoint = Endpoint.parse("--ingress", ingress);
    String secret = secretFile == null ? null : Inputs.secretFile("--secret-file", secretFile);
    IngressRequest.Push push = push();
    return new PushExchange(endpoint, tls(), spec.commandLine().getOut()).run(secret, push);
  }

  private Optional<SSLContext> tls() throws CommandFailure {
    if (tlsCa == null && tlsCert == null && tlsKey == null) {
      return Optional.empty();
    }
    return Optional.of(checked("--tls", () -> new PublisherTls(tlsCa, tlsCert, tlsKey).context()));
  }

  private IngressRequest.Push push() throws CommandFailure {
    Audience audience = checked("--to", this::audience);
    String json = json();
    Payload payload = checked("--data", () -> Payload.of(json));
    int seconds = ttl == null ? IngressRequest.Push.NO_TTL : seconds(ttl);
    return checked(
        "push",
        () -> new IngressRequest.Push(audience, id, type, payload, seconds, collapse, false));
  }

  private Audience audience() {
    if (to.equals("*")) {
      return new Audience.Everyone();
    }
    List<UserId> users = Arrays.stream(to.split(",", -1)).map(UserId::of).toList();
    return users.size() == 1 ? new Audience.One(users.get(0)) : new Audience.Several(users);
  }

  private String json() throws CommandFailure {
    if (data.equals("-")) {
      return Inputs.standardInput("--data").strip();
    }
    return data.startsWith("@") ? Inputs.file("--data", data.substring(1)).strip() : data;
  }

  private static int seconds(String text) throws CommandFailure {
    try {
      long millis =
          text.matches("[0-9]{1,9}")
              ? Long.parseLong(text) * 1_000
              : Literals.duration(text).toMillis();
      if (millis % 1_000 == 0) {
        return Math.toIntExact(millis / 1_000);
      }
    } catch (IllegalArgumentException | ArithmeticException noTime) {
      // Told below, as a time that is no whole number of seconds.
    }
    throw CommandFailure.misuse("--ttl: expected whole seconds or a time, not '" + text + "'");
  }

  private static <T> T checked(String option, Supplier<T> value) throws CommandFailure {
    try {
      return value.get();
    } catch (IllegalArgumentException refused) {
      throw CommandFailure.misuse(option + ": " + refused.getMessage());
    }
  }
}
