package io.pushgate.bench.fault;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The proxy before the gateway is reloaded, or killed and started again, with all sessions through
 * it. The thread of the command.
 */
final class ProxyTrouble implements Deed {
  private final boolean kill;

  /**
   * @param kill whether every connection is cut; a reload cuts none
   */
  ProxyTrouble(boolean kill) {
    this.kill = kill;
  }

  @Override
  public Ongoing begin(Scene scene) throws IOException, InterruptedException {
    @Nullable NginxProxy proxy = scene.proxy();
    if (proxy == null) {
      throw new IllegalStateException("a stage without a proxy");
    }
    if (kill) {
      scene.load().allowCuts();
      proxy.kill();
      proxy.restart();
      scene.load().comeBack(scene.ports());
    } else {
      proxy.reload();
    }
    return new Over();
  }
}
