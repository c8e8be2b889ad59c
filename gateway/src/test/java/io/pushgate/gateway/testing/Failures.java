package io.pushgate.gateway.testing;

import org.jspecify.annotations.Nullable;

/** Which of the next commits fail, as those of a disk that is full. Any thread. */
public final class Failures {
  /** What becomes of one commit. */
  enum Commit {
    WRITTEN,
    /** Fails, and nothing of it is there. */
    REFUSED,
    /** Fails, and all of it is there: the disk took it and could not say so. */
    WRITTEN_UNTOLD
  }

  private static final int FAILS_ONE_IN = 37;

  private int passing;
  private int failing;
  private boolean written;
  private boolean nowAndThen;
  private int commits;
  private @Nullable String trouble;

  /** Lets so many commits pass, then so many fail; all after those pass. */
  public synchronized void failAfter(int pass, int fail) {
    passing = pass;
    failing = fail;
    written = false;
  }

  /** The next commit fails although it is written. */
  public synchronized void failOnceWritten() {
    passing = 0;
    failing = 1;
    written = true;
  }

  /** One commit of a few dozens fails. */
  synchronized void failNowAndThen() {
    nowAndThen = true;
  }

  /** Says from now on why the store takes nothing, null where it takes all. */
  public synchronized void trouble(@Nullable String reason) {
    trouble = reason;
  }

  synchronized @Nullable String trouble() {
    return trouble;
  }

  /** What becomes of the commit that asks. */
  synchronized Commit next() {
    if (nowAndThen && ++commits % FAILS_ONE_IN == 0) {
      return Commit.REFUSED;
    }
    if (passing > 0) {
      passing--;
      return Commit.WRITTEN;
    }
    if (failing > 0) {
      failing--;
      return written ? Commit.WRITTEN_UNTOLD : Commit.REFUSED;
    }
    return Commit.WRITTEN;
  }
}
