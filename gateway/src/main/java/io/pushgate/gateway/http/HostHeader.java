package io.pushgate.gateway.http;

import io.netty.util.NetUtil;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The value of a {@code Host} header (RFC 9110, section 7.2): host and port, an IPv6 address in
 * brackets. Immutable.
 *
 * @param host in lower case, without brackets
 * @param port −1 where none is named
 */
public record HostHeader(String host, int port) {
  private static final int MAX_PORT = 65_535;
  private static final Pattern PORT = Pattern.compile("(:[0-9]{1,5})?");

  /** The unreserved characters and sub-delims that a name in a URI may have (RFC 3986). */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=%-]{1,255}");

  /** Reads the header's value; empty for what is none. */
  public static Optional<HostHeader> parse(String value) {
    int end = value.startsWith("[") ? value.indexOf(']') + 1 : value.indexOf(':');
    if (end < 0) {
      end = value.length();
    }
    String host = value.substring(0, end);
    String rest = value.substring(end);
    boolean bracketed = host.startsWith("[");
    String name = bracketed ? host.substring(1, host.length() - 1) : host;
    boolean valid = bracketed ? NetUtil.isValidIpV6Address(name) : NAME.matcher(name).matches();
    if (!valid || !PORT.matcher(rest).matches()) {
      return Optional.empty();
    }
    int port = rest.isEmpty() ? -1 : Integer.parseInt(rest.substring(1));
    return port > MAX_PORT
        ? Optional.empty()
        : Optional.of(new HostHeader(name.toLowerCase(Locale.ROOT), port));
  }

  /**
   * Whether this is {@code localhost} or an IP literal: no name that a stranger's name server could
   * lead here, which is what DNS rebinding needs.
   */
  public boolean isLocalhostOrLiteral() {
    return host.equals("localhost")
        || NetUtil.isValidIpV4Address(host)
        || NetUtil.isValidIpV6Address(host);
  }
}
