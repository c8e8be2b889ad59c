package io.pushgate.gateway.command;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code HOST:PORT}, an IPv6 address in brackets. Immutable. */
record Endpoint(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[(?<v6>[0-9A-Fa-f:.]+)]|(?<name>[^:\\s]+)):(?<port>[0-9]{1,5})");

  static Endpoint parse(String option, String text) throws CommandFailure {
    Matcher matcher = FORM.matcher(text);
    int port = matcher.matches() ? Integer.parseInt(matcher.group("port")) : 0;
    if (port < 1 || port > 65_535) {
      throw CommandFailure.misuse(option + ": expected HOST:PORT, not '" + text + "'");
    }
    String host = matcher.group("v6") == null ? matcher.group("name") : matcher.group("v6");
    return new Endpoint(host, port);
  }

  InetSocketAddress resolve() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
