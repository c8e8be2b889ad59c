package io.pushgate.gateway;

import io.netty.util.NetUtil;
import io.pushgate.gateway.admin.Refusals;
import io.pushgate.gateway.client.PublicPort;
import io.pushgate.gateway.client.witness.RefusalLog;
import java.util.List;

/** Shows the operators what the public port refused: neither port knows the other. */
record RefusedLately(PublicPort port) implements Refusals {

  @Override
  public List<Cause> latest() {
    return port.refusedLately().stream().map(RefusedLately::shown).toList();
  }

  private static Cause shown(RefusalLog.Cause cause) {
    RefusalLog.Refusal newest = cause.newest();
    return new Cause(
        newest.status(),
        newest.code(),
        newest.detail(),
        newest.fix().orElse(null),
        newest.path(),
        NetUtil.toAddressString(newest.peer()),
        NetUtil.toAddressString(newest.client()),
        cause.firstTs(),
        cause.lastTs(),
        cause.count());
  }
}
