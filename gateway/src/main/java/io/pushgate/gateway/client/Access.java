package io.pushgate.gateway.client;

import io.netty.handler.codec.http.HttpHeaders;
import io.pushgate.gateway.auth.Tokens;
import io.pushgate.gateway.config.PublicConfig;
import io.pushgate.gateway.config.TrustedProxies;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the public port, and by what a request's client is known: the proxies that may speak
 * for it, and the token that it carries. Immutable.
 *
 * @param tokens null where none are asked for
 */
public record Access(PublicConfig config, @Nullable Tokens tokens) {

  TrustedProxies trusted() {
    return config.trustedProxies();
  }

  Optional<Bearer> bearer(HttpHeaders headers, Map<String, String> parameters) {
    if (tokens == null) {
      return Optional.empty();
    }
    Optional<String> parameter =
        config.tokens().inQuery()
            ? Optional.ofNullable(parameters.get(Bearer.parameter()))
            : Optional.empty();
    return Optional.of(new Bearer(tokens, headers, parameter));
  }
}
