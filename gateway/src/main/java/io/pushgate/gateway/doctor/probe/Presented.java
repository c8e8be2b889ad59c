package io.pushgate.gateway.doctor.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * The certificate that a site shows, believed or not. Immutable.
 *
 * @param names what it is good for
 */
public record Presented(List<String> names, Instant from, Instant until, String issuer) {

  /** Looks at it and ends the connection; empty where no TLS comes about at all. */
  public static Optional<Presented> by(SiteUrl site, InetSocketAddress address, Deadline deadline) {
    try (Socket tcp = new Socket()) {
      tcp.connect(address, deadline.millisLeft());
      tcp.setSoTimeout(deadline.millisLeft());
      SSLSocket tls = Trust.inAnybody().over(tcp, site, false);
      tls.startHandshake();
      return first(tls);
    } catch (IOException noTls) {
      return Optional.empty();
    }
  }

  private static Optional<Presented> first(SSLSocket tls) throws SSLPeerUnverifiedException {
    Certificate[] chain = tls.getSession().getPeerCertificates();
    return chain[0] instanceof X509Certificate site ? Optional.of(of(site)) : Optional.empty();
  }

  private static Presented of(X509Certificate site) {
    return new Presented(
        names(site),
        site.getNotBefore().toInstant(),
        site.getNotAfter().toInstant(),
        site.getIssuerX500Principal().getName());
  }

  private static List<String> names(X509Certificate site) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = site.getSubjectAlternativeNames();
      if (alternatives != null) {
        alternatives.forEach(each -> names.add(String.valueOf(each.get(1))));
      }
    } catch (CertificateParsingException unreadable) {
      names.add("unreadable names");
    }
    return names.isEmpty() ? List.of(site.getSubjectX500Principal().getName()) : names;
  }

  public boolean isExpired(Instant now) {
    return now.isAfter(until);
  }

  public boolean isEarly(Instant now) {
    return now.isBefore(from);
  }

  /**
   * Whether one of the names is the host's; a star stands for one label (RFC 6125, section 6.4).
   */
  public boolean names(String host) {
    int dot = host.indexOf('.');
    String star = dot < 0 ? "" : "*" + host.substring(dot);
    return names.stream().anyMatch(n -> n.equalsIgnoreCase(host) || n.equalsIgnoreCase(star));
  }

  /** The last day on which it holds. */
  public String lastDay() {
    return until.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).toLocalDate().toString();
  }
}
