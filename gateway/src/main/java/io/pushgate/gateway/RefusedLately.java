package io.pushgate.gateway;

import io.netty.util.NetUtil;
import io.pushgate.gateway.admin.Refusals;
import io.pushgate.gateway.client.PublicPort;
import io.pushgate.gateway.client.witness.RefusalLog;
import java.util.List;

/**
 * Shows the operators what the public port refused and what it doubts: neither port knows the
 * other.
 */
record RefusedLately(PublicPort port) implements Refusals {

  @Override
  public List<Series> latest() {
    return port.refusedLately().stream().map(RefusedLately::shown).toList();
  }

  private static Series shown(RefusalLog.Series series) {
    RefusalLog.Refusal newest = series.newest();
    return new Series(
        newest.status(),
        newest.code(),
        newest.verdict().cause().wire(),
        newest.detail(),
        newest.verdict().fix().orElse(null),
        newest.path(),
        NetUtil.toAddressString(newest.peer()),
        NetUtil.toAddressString(newest.client()),
        series.firstTs(),
        series.lastTs(),
        series.count());
  }
}
