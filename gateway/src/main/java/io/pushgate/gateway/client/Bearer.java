package io.pushgate.gateway.client;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.pushgate.gateway.auth.Identity;
import io.pushgate.gateway.auth.RejectedTokenException;
import io.pushgate.gateway.auth.Tokens;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The token that a request carries, checked when it is first asked for: the first found is the one
 * that counts, however many others there are. The connection's event loop alone uses it.
 */
final class Bearer {
  private static final String SCHEME = "bearer ";
  private static final String SUBPROTOCOL = "bearer.";
  private static final String COOKIE = "pushgate_token";
  private static final String PARAMETER = "token";

  private final Tokens tokens;
  private final Optional<String> token;
  private @Nullable Identity identity;
  private @Nullable RejectedTokenException rejected;

  /**
   * Finds the token.
   *
   * @param parameter of the query; empty where none may stand there
   */
  Bearer(Tokens tokens, HttpHeaders headers, Optional<String> parameter) {
    this.tokens = tokens;
    this.token =
        ofAuthorization(headers)
            .or(() -> ofSubprotocol(headers))
            .or(() -> ofCookie(headers))
            .or(() -> parameter);
  }

  static String parameter() {
    return PARAMETER;
  }

  boolean isPresent() {
    return token.isPresent();
  }

  Tokens tokens() {
    return tokens;
  }

  /** Who the token says the client is; the same answer however often it is asked. */
  Identity identity() throws RejectedTokenException {
    if (identity == null && rejected == null) {
      try {
        identity = tokens.verify(token.orElseThrow());
      } catch (RejectedTokenException why) {
        rejected = why;
      }
    }
    if (identity == null) {
      throw Objects.requireNonNull(rejected);
    }
    return identity;
  }

  /** Another scheme is no token; this one without any is a bad one. */
  private static Optional<String> ofAuthorization(HttpHeaders headers) {
    String value = headers.get(HttpHeaderNames.AUTHORIZATION, "");
    if (value.equalsIgnoreCase(SCHEME.strip())) {
      return Optional.of("");
    }
    return value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(value.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  private static Optional<String> ofSubprotocol(HttpHeaders headers) {
    return first(headers, HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, ",", SUBPROTOCOL);
  }

  private static Optional<String> ofCookie(HttpHeaders headers) {
    return first(headers, HttpHeaderNames.COOKIE, ";", COOKIE + "=")
        .map(value -> value.replaceFirst("^\"(.*)\"$", "$1"));
  }

  /** What stands behind a prefix in the first entry of a list that has it. */
  private static Optional<String> first(
      HttpHeaders headers, CharSequence name, String separator, String prefix) {
    List<String> values = headers.getAll(name);
    return List.of(String.join(separator, values).split(separator, -1)).stream()
        .map(String::strip)
        .filter(entry -> entry.startsWith(prefix))
        .map(entry -> entry.substring(prefix.length()))
        .findFirst();
  }

  /** Without the token. */
  @Override
  public String toString() {
    return token.isPresent() ? "a token" : "no token";
  }
}
