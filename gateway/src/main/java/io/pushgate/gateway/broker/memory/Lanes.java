package io.pushgate.gateway.broker.memory;

import java.util.concurrent.Executor;

/**
 * How the lanes of a memory broker run. The product has one lane, which answers before the call
 * returns; tests bring lanes that are late, out of step and failing. <em>Immutable.</em>
 */
public interface Lanes {

  /** How many lanes there are; each journal lives in one of them. */
  int count();

  /** Runs its tasks one after another, in the order they were given. */
  Executor lane(int index);

  /** Whether the next append fails, as an engine that went away would. */
  boolean fails();

  /** One lane that runs on the calling thread wherever it is idle. */
  static Lanes single() {
    Executor lane = new InlineLane();
    return new Lanes() {
      @Override
      public int count() {
        return 1;
      }

      @Override
      public Executor lane(int index) {
        return lane;
      }

      @Override
      public boolean fails() {
        return false;
      }
    };
  }
}
