package io.pushgate.bench.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where the sessions go: a {@code ws://} address, perhaps with a path that a proxy puts in front.
 * Immutable.
 */
public record Target(InetSocketAddress address, String authority, String basePath) {
  private static final int DEFAULT_PORT = 80;

  /** Resolves the host once; throws an IllegalArgumentException whose message names the fault. */
  public static Target of(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("'%s' is no URL: %s".formatted(url, e.getReason()), e);
    }
    if (!"ws".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException("'%s' is no address like ws://host:port".formatted(url));
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    InetSocketAddress address = new InetSocketAddress(uri.getHost(), port);
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("the host of '%s' is not known".formatted(url));
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return new Target(address, uri.getRawAuthority(), base);
  }

  /** Whether the sessions can be spread over source addresses. */
  boolean isLoopback() {
    InetAddress ip = address.getAddress();
    return ip.isLoopbackAddress() && ip.getAddress().length == 4;
  }
}
