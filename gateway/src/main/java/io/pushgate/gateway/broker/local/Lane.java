package io.pushgate.gateway.broker.local;

/**
 * Where everything that changes the journals is done: one task after another, in the order they
 * were given. <em>Any thread</em> gives them.
 */
public interface Lane extends Workers {

  /**
   * Names what is done when some tasks were run and their writes are to be stored, before the first
   * task is given.
   */
  void endTurnsWith(Runnable commit);
}
