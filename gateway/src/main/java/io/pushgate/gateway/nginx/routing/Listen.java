package io.pushgate.gateway.nginx.routing;

import io.pushgate.gateway.nginx.text.Directive;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One address of a {@code server}. Immutable.
 *
 * @param address as it is written, without brackets; {@link #ANY} for all of IPv4, {@code ::} for
 *     all of IPv6
 */
public record Listen(String address, int firstPort, int lastPort, Set<String> flags) {
  static final String ANY = "*";

  private static final int HTTP = 80;

  public Listen {
    flags = Set.copyOf(flags);
  }

  /**
   * Those of a server, which without any is on port 80. Sockets in the file system are left out.
   */
  public static List<Listen> of(Directive server) {
    List<Directive> all = server.all("listen");
    return all.isEmpty()
        ? List.of(new Listen(ANY, HTTP, HTTP, Set.of()))
        : all.stream().map(Listen::parse).flatMap(Optional::stream).toList();
  }

  boolean isOn(int port) {
    return firstPort <= port && port <= lastPort;
  }

  /** Whether it is written with this word. */
  public boolean has(String flag) {
    return flags.contains(flag);
  }

  boolean isDefault() {
    return has("default_server") || has("default");
  }

  private static Optional<Listen> parse(Directive listen) {
    String text = listen.argument(0);
    if (text.startsWith("unix:")) {
      return Optional.empty();
    }
    Set<String> flags = new HashSet<>(listen.arguments());
    int colon = text.lastIndexOf(':');
    if (text.matches("[0-9]+(-[0-9]+)?")) {
      return ports(text).map(ports -> new Listen(ANY, ports[0], ports[1], flags));
    }
    boolean portless = colon < 0 || text.endsWith("]");
    String address = portless ? text : text.substring(0, colon);
    return (portless ? Optional.of(new int[] {HTTP, HTTP}) : ports(text.substring(colon + 1)))
        .map(ports -> new Listen(plain(address), ports[0], ports[1], flags));
  }

  private static String plain(String address) {
    return switch (address) {
      case "0.0.0.0", "" -> ANY;
      case "localhost" -> "127.0.0.1";
      default -> address.replaceAll("[\\[\\]]", "");
    };
  }

  /** First and last of {@code 80} or {@code 80-90}. */
  private static Optional<int[]> ports(String text) {
    if (!text.matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
      return Optional.empty();
    }
    String[] ends = text.split("-", -1);
    return Optional.of(
        new int[] {Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])});
  }
}
