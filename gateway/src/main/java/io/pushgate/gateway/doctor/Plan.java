package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.probe.SiteUrl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * What the doctor was asked to examine. Immutable.
 *
 * @param site what browsers connect to
 * @param direct the gateway itself, past every proxy
 * @param origin of the page that connects
 * @param hostAddress where the site is, instead of what DNS says
 * @param user the name in the path, percent-encoded
 * @param ingress where a push is handed in, to see it arrive
 * @param quick whether no tunnel is held in silence
 * @param idle how long one is held; empty for as long as it takes to be sure
 */
public record Plan(
    SiteUrl site,
    Optional<SiteUrl> direct,
    String origin,
    Optional<String> token,
    Optional<InetAddress> hostAddress,
    String user,
    Optional<Ingress> ingress,
    boolean quick,
    Optional<Duration> idle) {

  /** The publishers' port. */
  public record Ingress(InetSocketAddress address, Optional<String> secret) {
    /** Without the secret. */
    @Override
    public String toString() {
      return address.getHostString() + ":" + address.getPort();
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "doctor of " + site;
  }
}
