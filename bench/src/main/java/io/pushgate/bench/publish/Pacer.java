package io.pushgate.bench.publish;

/** Decides when the next push goes out. Publisher's loop only. */
interface Pacer {
  /** Sends all that may go out now; called at the start, and whenever the socket takes more. */
  void run();

  /** Slots of the window came free; an open loop has none. */
  void freed(int[] slots);
}
