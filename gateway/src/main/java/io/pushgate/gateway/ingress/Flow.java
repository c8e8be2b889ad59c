package io.pushgate.gateway.ingress;

/**
 * Bounds what one connection has in flight: past the bound nothing more is decoded, until half of
 * it is answered. <em>Event loop only.</em>
 */
final class Flow {
  private int requests;
  private long bytes;
  private boolean open = true;

  /** Counts a request that was decoded. Answers whether it filled the flow. */
  boolean taken(int size) {
    requests++;
    bytes += size;
    boolean filled =
        open
            && (requests >= IngressLimits.MAX_IN_FLIGHT
                || bytes >= IngressLimits.MAX_IN_FLIGHT_BYTES);
    open &= !filled;
    return filled;
  }

  void answered(int size) {
    requests--;
    bytes -= size;
    open |=
        requests <= IngressLimits.MAX_IN_FLIGHT / 2
            && bytes <= IngressLimits.MAX_IN_FLIGHT_BYTES / 2;
  }

  /** Bytes of the requests that are in flight. */
  long bytes() {
    return bytes;
  }

  /** Whether another request may be taken. */
  boolean isOpen() {
    return open;
  }
}
