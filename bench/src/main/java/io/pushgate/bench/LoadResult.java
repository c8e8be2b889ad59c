package io.pushgate.bench;

import io.pushgate.bench.client.Verdict;
import io.pushgate.bench.measure.Latency;
import io.pushgate.bench.publish.PublishTally;

/**
 * What a run of pushes came to. Immutable.
 *
 * @param start where measuring began, behind the warm-up
 * @param end where it ended
 * @param last when the last delivery had come, or was given up
 * @param firstEnd why the first session ended before its time; empty while all lived
 * @param stalled whether nothing moved any more before the time was over
 */
record LoadResult(
    Edge start,
    Edge end,
    Edge last,
    Verdict verdict,
    Latencies latencies,
    String firstEnd,
    boolean stalled) {

  /**
   * Histograms of the measured time, all from the intended time of a push.
   *
   * @param deliveries until it was read at each session
   * @param acks until it was acked
   * @param lag until this client had written it
   */
  record Latencies(Latency deliveries, Latency acks, Latency lag) {}

  int exitCode() {
    PublishTally pushes = last.pushes();
    boolean answersFine =
        pushes.unanswered() == 0 && pushes.strayed() == 0 && pushes.misplaced() == 0;
    if (!verdict.isClean() || !answersFine) {
      return ExitCode.WRONG;
    }
    return pushes.nacked() > 0 || pushes.unsent() > 0 || last.sessions().ended() > 0
        ? ExitCode.COULD_NOT_RUN
        : ExitCode.FINE;
  }
}
