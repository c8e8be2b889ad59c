package io.pushgate.gateway.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import io.pushgate.gateway.config.TrustedProxies;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What a request says of the hops before it, as far as it is believed: only what came from a
 * trusted proxy is. Immutable.
 *
 * @param client the address that the request comes from, {@link #UNKNOWN} where a proxy told none
 *     that can be read
 * @param host the host that the client asked for, if a proxy says so
 * @param scheme the scheme that the client used, if a proxy says so
 */
public record Forwarded(InetAddress client, Optional<String> host, Optional<String> scheme) {
  public static final String FOR = "x-forwarded-for";
  public static final String HOST = "x-forwarded-host";
  public static final String PROTO = "x-forwarded-proto";

  /** {@code 0.0.0.0}: neither loopback nor anybody's address. */
  public static final InetAddress UNKNOWN = NetUtil.createInetAddressFromIpAddressString("0.0.0.0");

  /** Reads the headers of a request that came from this peer. */
  public static Forwarded of(InetAddress peer, HttpHeaders headers, TrustedProxies trusted) {
    if (!trusted.contains(peer)) {
      return new Forwarded(peer, Optional.empty(), Optional.empty());
    }
    return new Forwarded(
        client(peer, headers.getAll(FOR), trusted),
        last(headers.getAll(HOST)),
        last(headers.getAll(PROTO)));
  }

  /**
   * The right-most entry that is not itself a trusted proxy: what stands left of it, anybody may
   * have written. Where all are trusted, the left-most.
   */
  private static InetAddress client(
      InetAddress peer, List<String> headers, TrustedProxies trusted) {
    InetAddress client = peer;
    if (headers.isEmpty()) {
      return client;
    }
    String[] entries = String.join(",", headers).split(",", -1);
    for (int i = entries.length - 1; i >= 0; i--) {
      String entry = entries[i].strip();
      if (entry.isEmpty()) {
        continue;
      }
      client = address(entry);
      if (!trusted.contains(client)) {
        return client;
      }
    }
    return client;
  }

  /** Some proxies add the port, IPv6 addresses then stand in brackets. */
  private static InetAddress address(String entry) {
    String text = entry;
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      text = end < 0 ? text : text.substring(1, end);
    } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
      text = text.substring(0, text.indexOf(':'));
    }
    boolean readable = text.indexOf('%') < 0 && text.indexOf('[') < 0;
    InetAddress address = readable ? NetUtil.createInetAddressFromIpAddressString(text) : null;
    return address == null ? UNKNOWN : address;
  }

  /** The nearest proxy's word, which is the last. */
  private static Optional<String> last(List<String> headers) {
    if (headers.isEmpty()) {
      return Optional.empty();
    }
    String joined = String.join(",", headers);
    String last = joined.substring(joined.lastIndexOf(',') + 1).strip();
    return last.isEmpty() ? Optional.empty() : Optional.of(last);
  }
}
