package io.pushgate.bench.fault;

import io.pushgate.bench.fault.Conduct.Port;
import java.util.Arrays;
import java.util.List;

/** More pushes, and bigger ones, than a small heap can take up. Any thread. */
final class HeapPressure {
  private static final int PUBLISHERS = 20;
  private static final int READERS = 200;
  private static final int HUGE = 400 << 10;
  private static final int MANY = 2_000;

  private HeapPressure() {}

  /** Publishers of big and of countless pushes, others that stop within one, and readers who don't. */
  static Deed deed() {
    Conduct many = publisher(Words.push(MANY, 8));
    Conduct big = publisher(Words.push(20, HUGE));
    byte[] half = Words.push(20, HUGE);
    Conduct halfWay =
        Conduct.silent(Port.INGRESS, number -> Arrays.copyOf(half, half.length - 10));
    Conduct stalled = Conduct.silent(Port.CLIENT, Words::webSocket).reading(0);
    return new CrowdDeed(List.of(new CrowdDeed.Part(many, PUBLISHERS)), Demand.present())
        .beside(big, PUBLISHERS)
        .beside(halfWay, READERS)
        .beside(stalled, READERS);
  }

  private static Conduct publisher(byte[] push) {
    return Conduct.silent(Port.INGRESS, Words.NOTHING).sending(push, Conduct.ALL / 2);
  }
}
