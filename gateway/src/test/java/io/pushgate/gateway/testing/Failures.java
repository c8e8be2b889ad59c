package io.pushgate.gateway.testing;

/** Which of the next appends fail, as those of an engine that went away. Any thread. */
public final class Failures {
  private int passing;
  private int failing;

  /** Lets so many appends pass, then so many fail; all after those pass. */
  public synchronized void failAfter(int pass, int fail) {
    passing = pass;
    failing = fail;
  }

  /** Whether the append that asks is to fail. */
  synchronized boolean next() {
    if (passing > 0) {
      passing--;
      return false;
    }
    if (failing > 0) {
      failing--;
      return true;
    }
    return false;
  }
}
