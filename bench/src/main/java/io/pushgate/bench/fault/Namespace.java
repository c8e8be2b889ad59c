package io.pushgate.bench.fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A network namespace of this machine with one cable to it, which can be cut: then nobody at either
 * end is told anything. Needs to be root. The thread of the command.
 */
final class Namespace implements AutoCloseable {
  /** This machine's end of the cable; link-local, so that no real network is hidden by it. */
  static final String NEAR = "169.254.213.1";

  private static final String FAR = "169.254.213.2";

  private final String ip;
  private final String name = "pushgate-bench-" + ProcessHandle.current().pid();
  private final String cable = "pgb" + ProcessHandle.current().pid();

  private Namespace(String ip) {
    this.ip = ip;
  }

  static Namespace create() throws CannotRun, InterruptedException {
    Namespace made = new Namespace(Tools.find("ip", "iproute2").toString());
    try {
      made.setUp();
      return made;
    } catch (IOException e) {
      made.close();
      throw new CannotRun("needs leave to make a network namespace (root): " + e.getMessage());
    }
  }

  private void setUp() throws IOException, InterruptedException {
    ip("netns", "add", name);
    ip("link", "add", cable, "type", "veth", "peer", "name", "far", "netns", name);
    ip("addr", "add", NEAR + "/30", "dev", cable);
    ip("link", "set", cable, "up");
    ip("-n", name, "addr", "add", FAR + "/30", "dev", "far");
    ip("-n", name, "link", "set", "far", "up");
  }

  /** What starts a program at the far end. */
  List<String> launcher() {
    return List.of(ip, "netns", "exec", name);
  }

  /** Nothing gets through any more: the far end throws away what comes, and what it sends. */
  void cut() throws IOException, InterruptedException {
    ip("-n", name, "link", "set", "far", "down");
  }

  private void ip(String... arguments) throws IOException, InterruptedException {
    ArrayList<String> command = new ArrayList<>(List.of(ip));
    command.addAll(List.of(arguments));
    Tools.run(command);
  }

  /** Removes it with its cable; what was never made is no matter. */
  @Override
  public void close() {
    for (List<String> undo :
        List.of(List.of("link", "del", cable), List.of("netns", "del", name))) {
      try {
        ip(undo.toArray(String[]::new));
      } catch (IOException gone) {
        // It went with the other, or was never there.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
