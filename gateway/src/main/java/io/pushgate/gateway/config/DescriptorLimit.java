package io.pushgate.gateway.config;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many connections this process's limit of file descriptors leaves room for. Any thread. */
final class DescriptorLimit {
  /**
   * Kept for the store's files, event loops, listeners, connections of the public port that are
   * told there is no room for them, publishers and operators.
   */
  private static final int RESERVE = 1_024;

  /** Where the platform tells no limit, or none that could be reached. */
  private static final int CEILING = 1_000_000;

  private DescriptorLimit() {}

  static int connections() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? connections(unix.getMaxFileDescriptorCount())
        : CEILING;
  }

  static int connections(long descriptors) {
    if (descriptors <= 0) {
      return CEILING;
    }
    return (int) Math.min(CEILING, Math.max(descriptors - RESERVE, descriptors / 2));
  }
}
