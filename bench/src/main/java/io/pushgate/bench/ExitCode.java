package io.pushgate.bench;

/** What a run ends with. */
final class ExitCode {
  static final int FINE = 0;

  /** Something was lost, doubled or reordered. */
  static final int WRONG = 1;

  /** Wrong options; what picocli answers them with, too. */
  static final int USAGE = 2;

  /** The server could not be reached, or did not take what was asked of it. */
  static final int COULD_NOT_RUN = 3;

  private ExitCode() {}
}
