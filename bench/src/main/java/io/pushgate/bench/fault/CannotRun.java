package io.pushgate.bench.fault;

/** This machine lacks what a fault needs; the message names it. */
final class CannotRun extends Exception {
  private static final long serialVersionUID = 1;

  CannotRun(String message) {
    super(message);
  }
}
