package io.pushgate.bench.fault;

import io.pushgate.bench.fault.Conduct.Port;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** More than a small heap can take up: it has to refuse, and to live. Any thread. */
final class HeapPressure {
  private static final Duration LEAST = Duration.ofSeconds(10);
  private static final int PUBLISHERS = 20;
  private static final int STRANGERS = 200;
  private static final int BIG = 400 << 10;
  private static final int MANY = 2_000;

  /** Half a request may be ended behind a minute; a pressed gateway may also not have read it. */
  private static final Demand LET_BE = Demand.letBe(Port.INGRESS, 60_000, Demand.NEVER);

  /** Not each of them: the room may be full of halves of requests, which have their minute. */
  private static final Demand ANSWERED = LET_BE.and(Demand.answered());

  /** Two and a half heartbeats of 25 s. */
  private static final Demand SEATED = Demand.seated(62_500);

  private HeapPressure() {}

  static List<Fault> faults() {
    byte[] line = Words.push(1, BIG);
    Conduct unfinished =
        Conduct.silent(Port.INGRESS, number -> Arrays.copyOf(line, line.length - 10));
    Conduct many = publisher(Words.push(MANY, 8));
    Conduct big = publisher(Words.push(20, BIG));
    Conduct deaf = big.reading(0);
    Conduct stalled = Conduct.silent(Port.CLIENT, Words::webSocket).reading(0);
    return List.of(
        fault(
            "heap-unfinished",
            "a small heap, publishers within big lines",
            unfinished,
            STRANGERS,
            LET_BE),
        fault("heap-many", "a small heap, pushes to 2,000 users", many, PUBLISHERS, ANSWERED),
        fault("heap-big", "a small heap, big pushes", big, PUBLISHERS, ANSWERED),
        fault(
            "heap-deaf",
            "a small heap, big pushes whose acks nobody reads",
            deaf,
            PUBLISHERS,
            LET_BE),
        new Fault(
            "heap-stalled",
            "a small heap, big pushes to sessions that never read",
            Stage.HEAP,
            LEAST,
            new CrowdDeed(List.of(new CrowdDeed.Part(stalled, STRANGERS)), SEATED).beside(big, 1)));
  }

  private static Fault fault(String name, String words, Conduct conduct, int count, Demand demand) {
    Deed deed = new CrowdDeed(List.of(new CrowdDeed.Part(conduct, count)), demand);
    return new Fault(name, words, Stage.HEAP, LEAST, deed);
  }

  private static Conduct publisher(byte[] push) {
    return Conduct.silent(Port.INGRESS, Words.NOTHING).sending(push, Conduct.ALL / 2);
  }
}
