package io.pushgate.bench.fault;

import io.pushgate.bench.measure.Descriptors;
import io.pushgate.bench.server.AdminMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Hostile peers, one crowd or several. Immutable.
 *
 * @param demand what has to become of the first of them
 */
record CrowdDeed(List<Part> parts, Demand demand) implements Deed {

  /** A crowd of as many as the run has strangers. */
  static final int AS_ASKED = 0;

  /** For the healthy load, and the JVM. */
  private static final int SPARE_DESCRIPTORS = 1_000;

  /** Of one kind. Immutable. */
  record Part(Conduct conduct, int count) {}

  CrowdDeed {
    parts = List.copyOf(parts);
  }

  static CrowdDeed of(Conduct conduct, Demand demand) {
    return new CrowdDeed(List.of(new Part(conduct, AS_ASKED)), demand);
  }

  CrowdDeed beside(Conduct conduct, int count) {
    List<Part> all = new ArrayList<>(parts);
    all.add(new Part(conduct, count));
    return new CrowdDeed(all, demand);
  }

  @Override
  public Ongoing begin(Scene scene) throws CannotRun, IOException, InterruptedException {
    long most = Descriptors.limit() - SPARE_DESCRIPTORS;
    for (Part part : parts) {
      if (part.count() > most) {
        throw new CannotRun(
            "needs %,d descriptors, and this process may have %,d"
                .formatted(part.count() + SPARE_DESCRIPTORS, most + SPARE_DESCRIPTORS));
      }
    }
    return new Present(scene, this);
  }

  /** The crowds while they are there. */
  private static final class Present implements Ongoing {
    private final Scene scene;
    private final CrowdDeed deed;
    private final AdminMetrics before;
    private final List<Crowd> crowds = new ArrayList<>();

    Present(Scene scene, CrowdDeed deed) throws IOException, InterruptedException {
      this.scene = scene;
      this.deed = deed;
      before = scene.vitals().metrics();
      for (Part part : deed.parts()) {
        int count = part.count() == AS_ASKED ? scene.strangers() : part.count();
        crowds.add(new Crowd(part.conduct(), count, scene.ports()));
      }
    }

    @Override
    public int peers() {
      return crowds.stream().mapToInt(crowd -> crowd.tally().connected()).sum();
    }

    @Override
    public List<String> complaints() throws IOException, InterruptedException {
      Demand.Course course =
          new Demand.Course(crowds.get(0).tally(), before, scene.vitals().metrics());
      return deed.demand().complaints(course);
    }

    @Override
    public void close() {
      crowds.forEach(Crowd::close);
    }
  }
}
