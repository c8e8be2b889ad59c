package io.pushgate.bench.crash;

/** How many pushes may still be sent in this round, by all publishers together. Any thread. */
final class Quota {
  private final int unanswered;
  private int left;

  /**
   * @param unanswered how many one publisher keeps unanswered
   */
  Quota(int unanswered) {
    this.unanswered = unanswered;
  }

  int unanswered() {
    return unanswered;
  }

  synchronized void allow(int pushes) {
    left = pushes;
  }

  /** Lets so many more be sent. */
  synchronized void add(int pushes) {
    left += pushes;
  }

  synchronized int left() {
    return left;
  }

  synchronized boolean take() {
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }
}
