package io.pushgate.gateway.ingress;

import io.netty.handler.codec.http.HttpHeaders;
import io.pushgate.gateway.config.IngressConfig;
import io.pushgate.gateway.config.PublisherSecrets;
import io.pushgate.gateway.config.Secret;
import io.pushgate.gateway.http.PageGuard;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.metrics.AccessMeters;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may use the port: no web page, and, where there are secrets, who knows one. Any thread. */
final class IngressAccess {
  private final Optional<PublisherSecrets> secrets;
  private final PageGuard pages;
  private final AccessMeters meters;

  IngressAccess(IngressConfig config, AccessMeters meters) {
    this.secrets = config.secrets();
    this.pages = new PageGuard(false, secrets.isPresent());
    this.meters = meters;
  }

  /** Whether whoever reaches the port may use it. */
  boolean isOpen() {
    return secrets.isEmpty();
  }

  /**
   * Why somebody is not let in, in words for him; they tell nothing of the secrets.
   *
   * @param named the secret that he named
   * @param publisher the name under which he wants to be known; null for none
   */
  Optional<String> objection(Optional<Secret> named, @Nullable String publisher) {
    if (secrets.isEmpty()) {
      return Optional.empty();
    }
    if (named.isEmpty()) {
      meters.withoutSecret();
      return Optional.of("a secret is needed");
    }
    if (secrets.get().admit(named.get(), publisher)) {
      return Optional.empty();
    }
    meters.wrongSecret();
    return Optional.of(publisher == null ? "wrong secret" : "wrong secret for this publisher");
  }

  /** The problem of a request that a web page made, if it is one. */
  Optional<Problem> pageProblem(HttpHeaders headers) {
    return pages.problem(headers);
  }
}
