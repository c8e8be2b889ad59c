package io.pushgate.bench.fault;

import java.io.IOException;
import java.util.List;

/** What a fault does. The thread of the command. */
interface Deed {

  /**
   * Begins it.
   *
   * @throws CannotRun where this machine has not what it needs
   */
  Ongoing begin(Scene scene) throws CannotRun, IOException, InterruptedException;

  /** A fault while it lasts; closing it ends it. */
  interface Ongoing extends AutoCloseable {
    /** How many connections it holds of the gateway. */
    int peers();

    /** What the gateway should have done about it until now, and did not. */
    List<String> complaints() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
  }
}
