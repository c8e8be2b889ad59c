package io.pushgate.gateway.command;

import io.pushgate.gateway.auth.TokenMint;
import io.pushgate.gateway.config.Literals;
import io.pushgate.protocol.UserId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a token, for development. Main thread. */
@Command(
    name = "token",
    description = "Prints a token for a user, for development.",
    footer = {"", "Exit codes: 0 printed, 2 misuse."},
    mixinStandardHelpOptions = true,
    versionProvider = Program.Version.class,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets required options before it calls anything.
final class TokenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--token-keys",
      required = true,
      paramLabel = "FILE",
      description = "A secret, or a JWKS with a private key.")
  private String tokenKeys;

  @Option(names = "--user", required = true, paramLabel = "NAME", description = "Whose it is.")
  private String user;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      defaultValue = "1h",
      description = "How long it holds. Default: ${DEFAULT-VALUE}.")
  private String expires;

  @Option(names = "--token-audience", paramLabel = "TEXT", description = "Its aud.")
  private @Nullable String audience;

  @Option(names = "--token-issuer", paramLabel = "TEXT", description = "Its iss.")
  private @Nullable String issuer;

  @Override
  public Integer call() throws CommandFailure {
    String fault = UserId.fault(user);
    if (fault != null) {
      throw CommandFailure.misuse("--user: the name " + fault);
    }
    String token =
        mint()
            .token(
                UserId.of(user),
                life(),
                Optional.ofNullable(audience),
                Optional.ofNullable(issuer));
    spec.commandLine().getOut().println(token);
    return 0;
  }

  private TokenMint mint() throws CommandFailure {
    try {
      return TokenMint.of(Path.of(tokenKeys));
    } catch (InvalidPathException noPath) {
      throw CommandFailure.misuse(
          "--token-keys: expected a readable file, not '" + tokenKeys + "'");
    } catch (IllegalArgumentException refused) {
      throw CommandFailure.misuse("--token-keys: " + refused.getMessage());
    }
  }

  private Duration life() throws CommandFailure {
    try {
      return Literals.duration(expires);
    } catch (IllegalArgumentException noTime) {
      throw CommandFailure.misuse("--expires: expected a time such as 1h, not '" + expires + "'");
    }
  }
}
