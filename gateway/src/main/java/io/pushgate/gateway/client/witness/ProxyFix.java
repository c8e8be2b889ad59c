package io.pushgate.gateway.client.witness;

import io.netty.util.NetUtil;
import io.pushgate.gateway.nginx.Lines;
import java.util.Optional;
import java.util.StringJoiner;

/** Names the nginx lines that are missing where a handshake shows what was dropped. Any thread. */
final class ProxyFix {
  private ProxyFix() {}

  /** The missing lines, one below the other; empty where nothing points at a proxy. */
  static Optional<String> of(Evidence seen) {
    if (!seen.hasKey()) {
      return withoutKey(seen);
    }
    if (seen.wasMaimedBeforeNginx()) {
      return Optional.of(
          "a proxy in front of this nginx drops Upgrade: let that one pass WebSockets on");
    }
    StringJoiner lines = new StringJoiner("\n");
    if (seen.pathIsRewritten()) {
      lines.add(Lines.proxyPass(NetUtil.toSocketAddressString(seen.local())));
    }
    if (!seen.isHttp11()) {
      lines.add(Lines.HTTP_VERSION);
    }
    if (!seen.hasUpgrade()) {
      lines.add(Lines.UPGRADE);
    }
    if (!seen.hasConnection()) {
      lines.add(Lines.CONNECTION);
    }
    if (seen.hostIsTheUpstreams()) {
      lines.add(Lines.HOST);
    }
    if (!seen.hasVersion()) {
      lines.add(Lines.pass("Sec-WebSocket-Version"));
    }
    return lines.length() == 0 ? Optional.empty() : Optional.of(lines.toString());
  }

  private static Optional<String> withoutKey(Evidence seen) {
    if (seen.isUpgradeAlone()) {
      return Optional.of(Lines.PASS_REQUEST_HEADERS);
    }
    return seen.hasUpgrade() && seen.hasVersion()
        ? Optional.of(Lines.pass("Sec-WebSocket-Key"))
        : Optional.empty();
  }
}
