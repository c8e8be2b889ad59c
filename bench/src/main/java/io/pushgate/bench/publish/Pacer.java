package io.pushgate.bench.publish;

/** Decides when the next push goes out. Publisher's loop only. */
interface Pacer {
  /** Sends all that may go out now; called at the start, and whenever the socket takes more. */
  void run();

  /** How many pushes were due by now, or will be, and have not gone out. */
  int unsent();

  /** Slots of the window came free; an open loop has none. */
  void freed(int[] slots);
}
