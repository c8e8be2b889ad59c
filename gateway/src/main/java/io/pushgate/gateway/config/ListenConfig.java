package io.pushgate.gateway.config;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where the three ports listen, or, as a running gateway reports it, where they were bound. A host
 * is an IP address or {@code localhost}, so that no name service decides what is exposed; port 0
 * asks for a free one. Immutable.
 */
public record ListenConfig(
    String publicHost,
    int publicPort,
    String ingressHost,
    int ingressPort,
    String adminHost,
    int adminPort) {

  /** Checks hosts and ports; what may lie beyond loopback is {@link GatewayConfig}'s matter. */
  public ListenConfig {
    checkHost("public-host", publicHost);
    checkHost("ingress-host", ingressHost);
    checkHost("admin-host", adminHost);
    Check.range("public-port", publicPort, 0, 65_535);
    Check.range("ingress-port", ingressPort, 0, 65_535);
    Check.range("admin-port", adminPort, 0, 65_535);
  }

  /** The public port's address. */
  public InetSocketAddress publicAddress() {
    return new InetSocketAddress(address(publicHost), publicPort);
  }

  /** The publishers' address. */
  public InetSocketAddress ingressAddress() {
    return new InetSocketAddress(address(ingressHost), ingressPort);
  }

  /** The operators' address. */
  public InetSocketAddress adminAddress() {
    return new InetSocketAddress(address(adminHost), adminPort);
  }

  /** The addresses that three bound channels report. */
  public static ListenConfig bound(
      InetSocketAddress publicAt, InetSocketAddress ingressAt, InetSocketAddress adminAt) {
    return new ListenConfig(
        NetUtil.toAddressString(publicAt.getAddress()),
        publicAt.getPort(),
        NetUtil.toAddressString(ingressAt.getAddress()),
        ingressAt.getPort(),
        NetUtil.toAddressString(adminAt.getAddress()),
        adminAt.getPort());
  }

  /** {@code public=HOST:PORT ingress=HOST:PORT admin=HOST:PORT}, IPv6 addresses in brackets. */
  public String describe() {
    return "public="
        + authority(publicHost, publicPort)
        + " ingress="
        + authority(ingressHost, ingressPort)
        + " admin="
        + authority(adminHost, adminPort);
  }

  /** Whether the publishers' port can be reached from this machine alone. */
  public boolean isIngressLocal() {
    return isLoopback(ingressHost);
  }

  static boolean isLoopback(String host) {
    return address(host).isLoopbackAddress();
  }

  private static String authority(String host, int port) {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  private static InetAddress address(String host) {
    return host.equals("localhost")
        ? NetUtil.LOCALHOST4
        : NetUtil.createInetAddressFromIpAddressString(host);
  }

  private static void checkHost(String option, String host) {
    boolean literal =
        host.indexOf('%') < 0
            && host.indexOf('[') < 0
            && (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host));
    if (!literal && !host.equals("localhost")) {
      throw new InvalidOptionException(option, host, "an IP address or localhost");
    }
  }
}
