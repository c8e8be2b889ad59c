package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.probe.Arrival;
import java.util.Optional;

/**
 * What the gateway says of one request. Immutable.
 *
 * @param arrival how it arrived, where that is known
 */
record Sighting(Seen seen, Optional<Arrival> arrival) {
  static final Sighting NO = new Sighting(Seen.NO, Optional.empty());
  static final Sighting UNKNOWN = new Sighting(Seen.UNKNOWN, Optional.empty());

  /** Whether it arrived. */
  enum Seen {
    YES,
    NO,
    /** There is no gateway that could be asked. */
    UNKNOWN
  }

  boolean arrived() {
    return seen == Seen.YES;
  }

  /** What the report says where nothing arrived. */
  String words() {
    return switch (seen) {
      case YES -> "the gateway received it";
      case NO -> "the gateway never received it";
      case UNKNOWN -> "whether the gateway received it is not known (no --direct)";
    };
  }
}
