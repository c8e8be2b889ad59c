package io.pushgate.gateway.admin;

/**
 * Whether the gateway takes work, for those who decide where to send it, and may have it take none.
 * Any thread.
 */
@FunctionalInterface
public interface Health {

  /** What the gateway is doing. */
  enum State {
    /** Not all ports are bound. */
    STARTING,
    /** Sessions and pushes are taken. */
    READY,
    /** On its way down: what is there is finished, nothing new is taken. */
    DRAINING,
    /** The journals cannot take anything. */
    UNAVAILABLE
  }

  /** The state now. */
  State state();

  /** Why the journals take nothing, for people; empty where there is nothing to add. */
  default String trouble() {
    return "";
  }

  /** Begins to stop, as the first signal does; where it is on its way down, nothing changes. */
  default void drain() {
    throw new UnsupportedOperationException("nothing here to drain");
  }
}
