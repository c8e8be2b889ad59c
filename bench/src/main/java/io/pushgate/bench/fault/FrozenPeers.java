package io.pushgate.bench.fault;

import io.pushgate.bench.server.AdminMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Peers that are half open: another process opens sessions, and is stopped, or the network between
 * goes, so that no FIN ever comes. The heartbeat has to end them. The thread of the command.
 */
final class FrozenPeers implements Deed {
  private static final int MISSED = 4408;

  private final boolean cutNetwork;

  /**
   * @param cutNetwork whether they vanish with their network; else their process is stopped, and
   *     its kernel still acknowledges what comes
   */
  FrozenPeers(boolean cutNetwork) {
    this.cutNetwork = cutNetwork;
  }

  @Override
  public Ongoing begin(Scene scene) throws CannotRun, IOException, InterruptedException {
    AdminMetrics before = scene.vitals().metrics();
    if (!cutNetwork) {
      ChildCrowd child = ChildCrowd.start(List.of(), scene.ports().client(), scene.strangers());
      Tools.run(List.of("kill", "-STOP", Long.toString(child.pid())));
      return new Frozen(scene, before, child, null);
    }
    Namespace network = Namespace.create();
    try {
      InetSocketAddress address =
          new InetSocketAddress(Namespace.NEAR, scene.ports().client().getPort());
      ChildCrowd child = ChildCrowd.start(network.launcher(), address, scene.strangers());
      network.cut();
      return new Frozen(scene, before, child, network);
    } catch (IOException | InterruptedException e) {
      network.close();
      throw e;
    }
  }

  /** They are there no more, and nobody told the gateway. Immutable. */
  private record Frozen(
      Scene scene, AdminMetrics before, ChildCrowd child, @Nullable Namespace network)
      implements Ongoing {
    @Override
    public int peers() {
      return scene.strangers();
    }

    @Override
    public List<String> complaints() throws IOException, InterruptedException {
      return Demand.closedWith(MISSED, scene.strangers())
          .complaints(new Demand.Course(Crowd.Tally.NONE, before, scene.vitals().metrics()));
    }

    @Override
    public void close() {
      child.close();
      if (network != null) {
        network.close();
      }
    }
  }
}
