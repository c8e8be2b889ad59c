package io.pushgate.gateway.config;

/** When the disk broker puts on stable storage what it wrote. */
public enum JournalSync {
  /**
   * Every second: what was acked survives the process, and a power cut if it is older than that.
   */
  INTERVAL,
  /** Before it is acked, many pushes at a time. */
  ALWAYS
}
