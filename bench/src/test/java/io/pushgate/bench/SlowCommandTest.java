package io.pushgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.bench.testing.FakeGateway;
import io.pushgate.bench.testing.FakeSession;
import io.pushgate.bench.testing.Mischief;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions beside slow ones, against a gateway that is made up. */
class SlowCommandTest {
  /**
   * Sessions 0 and 1 are those of the first load, then come the slow ones, in no order: one is
   * mute.
   */
  private static final int FIRST_SLOW = 2;

  private static final int LAST_SLOW = 4;
  private static final int READING = 2;

  private static BenchRun run(Mischief mischief, String... options) throws IOException {
    try (FakeGateway gateway = new FakeGateway(mischief)) {
      BenchRun run = BenchRun.against(gateway, "slow", options);
      assertThat(gateway.faults()).isEmpty();
      return run;
    }
  }

  private static BenchRun shortRun(Mischief mischief) throws IOException {
    return run(
        mischief,
        "--sessions=2",
        "--slow=3",
        "--mute=1",
        "--slow-payload=1000",
        "--slow-backlog=20",
        "--slow-every=50ms",
        "--rate=100",
        "--warmup=0s",
        "--duration=300ms",
        "--settle=3s");
  }

  /** What the slow sessions are sent in place of their sixth push. */
  private static Mischief inPlaceOfTheSixth(List<byte[]> frames) {
    return new Mischief() {
      @Override
      public List<byte[]> deliver(int session, int number, byte[] frame) {
        boolean slow = session >= FIRST_SLOW && session <= LAST_SLOW;
        return slow && number == 5 ? frames : List.of(frame);
      }
    };
  }

  @Test
  void measuresTheOthersThreeTimesAndKeepsBooksOfTheSlowOnes() throws IOException {
    BenchRun run = shortRun(Mischief.NONE);

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    for (String phase : List.of("before", "beside", "after")) {
      assertThat(run.count(phase, "delivered")).as(phase).isEqualTo(30);
    }
    long pushes = run.count("slow", "pushes");
    assertThat(pushes).isGreaterThanOrEqualTo(20);
    assertThat(run.count("slow", "openAtEnd")).isEqualTo(3);
    assertThat(run.count("reading", "delivered")).isEqualTo(READING * pushes);
    assertThat(run.count("mute", "delivered")).isEqualTo(pushes);
  }

  @Test
  void countsWhatSlowSessionsMissAsLost() throws IOException {
    BenchRun run = shortRun(inPlaceOfTheSixth(List.of()));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.count("reading", "lost")).isEqualTo(READING);
  }

  @Test
  void excusesWhatWasToldByAGap() throws IOException {
    byte[] gap = FakeSession.textFrame("{\"op\":\"gap\"}".getBytes(StandardCharsets.UTF_8));

    BenchRun run = shortRun(inPlaceOfTheSixth(List.of(gap)));

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.count("reading", "lost")).isZero();
    assertThat(run.count("reading", "told")).isEqualTo(READING);
    assertThat(run.count("reading", "gaps")).isEqualTo(READING);
  }
}
