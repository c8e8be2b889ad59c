package io.pushgate.gateway.client.witness;

import io.netty.util.NetUtil;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.session.Ending;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The trusted proxies that sessions come through, a hundred of them, so that a timeout or a restart
 * in the middle is told by its name. Any thread.
 */
public final class Proxies {
  private static final int MAX_PROXIES = 100;

  private final LongSupplier nanoTime;
  private final Metrics metrics;
  private final Consumer<String> warnings;
  private final Map<InetAddress, Proxy> proxies = new LinkedHashMap<>();

  /** Takes the clock, in the manner of {@link System#nanoTime()}, and what takes the lines. */
  public Proxies(LongSupplier nanoTime, Metrics metrics, Consumer<String> warnings) {
    this.nanoTime = nanoTime;
    this.metrics = metrics;
    this.warnings = warnings;
  }

  /** A session comes through this proxy, which wants to know how it ends. */
  public Ending enter(InetAddress peer) {
    synchronized (proxies) {
      if (!proxies.containsKey(peer) && proxies.size() == MAX_PROXIES) {
        proxies.values().removeIf(Proxy::isUnused);
      }
      if (!proxies.containsKey(peer) && proxies.size() == MAX_PROXIES) {
        metrics.limitHit("proxies");
        return Ending.UNHEARD;
      }
      Proxy proxy =
          proxies.computeIfAbsent(
              peer, at -> new Proxy(NetUtil.toAddressString(at), nanoTime, metrics));
      proxy.enter();
      return proxy;
    }
  }

  /** How many are known. */
  public int size() {
    synchronized (proxies) {
      return proxies.size();
    }
  }

  /** Looks at how sessions ended since the last look, and warns of what they have in common. */
  public void judge() {
    List<Proxy> all;
    synchronized (proxies) {
      all = List.copyOf(proxies.values());
    }
    all.forEach(proxy -> proxy.judge().ifPresent(warnings));
  }
}
