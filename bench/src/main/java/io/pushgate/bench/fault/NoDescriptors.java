package io.pushgate.bench.fault;

import java.io.IOException;
import java.util.List;

/**
 * More peers than the gateway has descriptors for. Sessions that are there have to be served all
 * the same, and newcomers as soon as there is room again. The thread of the command.
 */
final class NoDescriptors implements Deed {
  private static final int STRANGERS = 2 * Stage.DESCRIPTOR_LIMIT;

  /** Those that the JVM opens and closes by itself, and the connection that asks. */
  private static final int SPARE = 40;

  @Override
  public Ongoing begin(Scene scene) {
    // Who comes now is not let in: whose session ends by itself comes back when this is over.
    scene.load().allowCuts();
    Conduct silent = Conduct.silent(Conduct.Port.CLIENT, Words.NOTHING);
    return new Exhausted(scene, new Crowd(silent, STRANGERS, scene.ports()));
  }

  /** While there is no descriptor left. Immutable. */
  private record Exhausted(Scene scene, Crowd crowd) implements Ongoing {
    @Override
    public int peers() {
      return crowd.tally().connected();
    }

    /** The admin port can't answer, either; the kernel tells how many there are. */
    @Override
    public List<String> complaints() throws IOException {
      long open = scene.vitals().descriptors();
      return open >= Stage.DESCRIPTOR_LIMIT - SPARE
          ? List.of()
          : List.of("it had %,d descriptors, so nothing ran out".formatted(open));
    }

    @Override
    public void close() {
      crowd.close();
      scene.load().comeBack(scene.ports());
    }
  }
}
