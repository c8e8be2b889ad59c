package io.pushgate.gateway.broker.local;

import java.util.concurrent.Executor;

/** Runs tasks, on threads of its own or on its caller's. <em>Any thread</em> gives them. */
public interface Workers extends Executor, AutoCloseable {

  /** Runs what was given, and returns when that is done. Nothing is given afterwards. */
  @Override
  void close();
}
