package io.pushgate.bench.fault;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The gateway itself stands still for more than two and a half heartbeats, as on a machine that is
 * paused. When it goes on, nobody may be thrown out for what it did not hear. The thread of the
 * command.
 */
final class StoppedGateway implements Deed {
  /** Above 7.5 s, which is two and a half heartbeats. */
  private static final long STILL_MILLIS = 8_500;

  private static final long CATCHING_UP_MILLIS = 1_500;

  @Override
  public Ongoing begin(Scene scene) throws IOException, InterruptedException {
    String pid = Long.toString(scene.vitals().pid());
    Tools.run(List.of("kill", "-STOP", pid));
    try {
      TimeUnit.MILLISECONDS.sleep(STILL_MILLIS);
    } finally {
      Tools.run(List.of("kill", "-CONT", pid));
    }
    TimeUnit.MILLISECONDS.sleep(CATCHING_UP_MILLIS);
    // What was pushed while it stood still had to wait: only what follows is its own delay.
    scene.load().takeLatency();
    return new Over();
  }
}
