package io.pushgate.bench.crash;

/** How a reader keeps its place between two connections. */
enum Habit {
  /** Goes on behind the newest cursors: nothing may be missing, nothing may come twice. */
  CHAIN,
  /** The same with a window, acknowledging as it reads. */
  WINDOW,
  /** Goes on behind older cursors and drops what it knows: what it does not know may come once. */
  PAGE,
  /** Keeps nothing but what it acknowledges: what it did not acknowledge may come again. */
  ACKS,
  /** Begins at the end each time: what it gets must be a run of what the others get. */
  DRIFTER;

  /** Whether everything must have come to it in the end. */
  boolean isComplete() {
    return this != DRIFTER;
  }

  boolean mayRepeat() {
    return this == PAGE || this == ACKS || this == DRIFTER;
  }
}
