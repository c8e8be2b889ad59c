package io.pushgate.gateway.metrics;

import java.util.concurrent.atomic.LongAdder;

/** A counter of every port, found without a look-up where bytes are counted. Any thread. */
record PortCounter(LongAdder publicPort, LongAdder ingress, LongAdder admin) {

  static PortCounter of(LabelledCounter counter) {
    return new PortCounter(
        counter.of(Port.PUBLIC.label()),
        counter.of(Port.INGRESS.label()),
        counter.of(Port.ADMIN.label()));
  }

  LongAdder at(Port port) {
    return switch (port) {
      case PUBLIC -> publicPort;
      case INGRESS -> ingress;
      case ADMIN -> admin;
    };
  }
}
