package io.pushgate.gateway.ingress;

import io.netty.handler.codec.http.HttpHeaders;
import io.pushgate.gateway.config.IngressConfig;
import io.pushgate.gateway.config.PublisherSecrets;
import io.pushgate.gateway.config.Secret;
import io.pushgate.gateway.http.PageGuard;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.metrics.IngressMeters;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the port: no web page, where there are client certificates nobody without, and where
 * there are secrets only who knows one. <em>Any thread.</em>
 */
final class IngressAccess {
  private final Optional<PublisherSecrets> secrets;
  private final boolean certificateMissing;
  private final PageGuard pages;
  private final IngressMeters meters;

  /** That over TLS, where clients have shown the certificate that they need, or that without. */
  IngressAccess(IngressConfig config, IngressMeters meters, boolean tls) {
    this.secrets = config.secrets();
    this.certificateMissing = config.asksForCertificate() && !tls;
    this.pages = new PageGuard(false, config.isProtected());
    this.meters = meters;
  }

  /** Whether whoever reaches the port may use it. */
  boolean isOpen() {
    return secrets.isEmpty() && !certificateMissing;
  }

  /**
   * Why somebody is not let in, in words for him; they tell nothing of the secrets.
   *
   * @param named the secret that he named
   * @param publisher the name under which he wants to be known; null for none
   */
  Optional<String> objection(Optional<Secret> named, @Nullable String publisher) {
    if (certificateMissing) {
      meters.withoutCertificate();
      return Optional.of("a client certificate is needed, over TLS");
    }
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
