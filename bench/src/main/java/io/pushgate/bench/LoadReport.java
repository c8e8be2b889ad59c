package io.pushgate.bench;

import io.pushgate.bench.client.Tally;
import io.pushgate.bench.client.Verdict;
import io.pushgate.bench.measure.Figure;
import io.pushgate.bench.measure.Section;
import io.pushgate.bench.publish.Load;
import io.pushgate.bench.publish.PublishTally;
import java.util.ArrayList;
import java.util.List;

/** Tells a run of pushes in figures. Any thread. */
final class LoadReport {
  private static final double BUSY = 0.9;

  private final LoadResult result;
  private final boolean openLoop;
  private final boolean serverKnown;

  LoadReport(LoadResult result, Load load, boolean serverKnown) {
    this.result = result;
    this.openLoop = load instanceof Load.Open;
    this.serverKnown = serverKnown;
  }

  List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(books());
    sections.add(rates());
    String suffix = openLoop ? ", from the intended time" : ", queueing in the window, not service";
    LoadResult.Latencies latencies = result.latencies();
    sections.add(
        Section.latency(
            openLoop ? "deliveryLatency" : "deliveryQueueing",
            "delivery" + suffix,
            latencies.deliveries()));
    sections.add(
        Section.latency(openLoop ? "ackLatency" : "ackQueueing", "ack" + suffix, latencies.acks()));
    if (serverKnown) {
      sections.add(server());
    }
    sections.add(client());
    return sections;
  }

  /** Over the whole run, warm-up included: what went wrong there is wrong, too. */
  private Section books() {
    PublishTally pushes = result.last().pushes();
    Tally sessions = result.last().sessions();
    Verdict verdict = result.verdict();
    return Section.of(
        "books",
        "books, warm-up included",
        Figure.count("sent", "pushes sent", pushes.sent()),
        Figure.count("unsent", "due but never sent", pushes.unsent()),
        Figure.count("acked", "acked", pushes.acked()),
        Figure.count("refused", "refused", pushes.nacked()),
        Figure.count("unanswered", "never answered", pushes.unanswered()),
        Figure.count("answersMisplaced", "answered out of order", pushes.misplaced()),
        Figure.count("answersStrayed", "answers to nothing", pushes.strayed()),
        Figure.count("expected", "deliveries expected", pushes.expectedDeliveries()),
        Figure.count("delivered", "delivered", sessions.delivered()),
        Figure.count("lost", "lost", verdict.lost()),
        Figure.count("doubled", "doubled", verdict.doubled()),
        Figure.count("reordered", "reordered", verdict.reordered()),
        Figure.count("sessionsAtFault", "sessions with any of these", verdict.sessions()),
        Figure.count("sessionsEnded", "sessions that ended early", sessions.ended()),
        Figure.count("gaps", "gap frames", sessions.gaps()),
        Figure.count("errors", "error frames", sessions.errors()),
        Figure.count("foreign", "notifications of others", sessions.foreign()));
  }

  private Section rates() {
    double seconds = seconds();
    return Section.of(
        "rates",
        "rates, measured time alone",
        Figure.of("measuredSeconds", "measured", seconds, "s"),
        Figure.of("pushesPerSecond", "pushes acked a second", acked() / seconds, ""),
        Figure.of("deliveriesPerSecond", "deliveries a second", delivered() / seconds, ""),
        Figure.of(
            "readBytesPerDelivery",
            "bytes read a delivery",
            ratio(result.end().sessions().bytes() - result.start().sessions().bytes(), delivered()),
            "B"));
  }

  private Section server() {
    long cpuNanos = result.end().serverCpuNanos() - result.start().serverCpuNanos();
    return Section.of(
        "server",
        "server, measured time alone",
        Figure.of("cpuPercent", "processor", cpuNanos / 1e7 / seconds(), "% of one"),
        Figure.of(
            "cpuMicrosPerDelivery",
            "processor a delivery",
            ratio(cpuNanos, delivered()) / 1e3,
            "us"),
        Figure.of("cpuMicrosPerPush", "processor a push", ratio(cpuNanos, acked()) / 1e3, "us"),
        Figure.of(
            "residentMebibytesAtStart", "resident at start", mebibytes(result.start()), "MiB"),
        Figure.of("residentMebibytesAtEnd", "resident at end", mebibytes(result.end()), "MiB"));
  }

  private Section client() {
    return Section.of(
        "client",
        "this client",
        Figure.of("cpuPercent", "processor", 100 * clientBusy(), "% of one"),
        Figure.of(
            "cpuMicrosPerDelivery",
            "processor a delivery",
            ratio(clientCpuNanos(), delivered()) / 1e3,
            "us"),
        Figure.of(
            "lagP50Millis",
            "pushes written late, p50",
            result.latencies().lag().percentileMillis(50),
            "ms"),
        Figure.of(
            "lagP99Millis",
            "pushes written late, p99",
            result.latencies().lag().percentileMillis(99),
            "ms"),
        Figure.of(
            "lagMaxMillis",
            "pushes written late, max",
            result.latencies().lag().maxMillis(),
            "ms"));
  }

  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (result.stalled()) {
      remarks.add("nothing moved any more before the time was over, so it was cut short");
    }
    if (result.last().pushes().unsent() > 0) {
      remarks.add("more was due than could be sent: what was not is missing in the latencies");
    }
    if (!result.firstEnd().isEmpty()) {
      remarks.add("the first session that ended: " + result.firstEnd());
    }
    if (!result.last().pushes().firstNack().isEmpty()) {
      remarks.add("the first refusal: " + result.last().pushes().firstNack());
    }
    if (clientBusy() > BUSY * Runtime.getRuntime().availableProcessors()) {
      remarks.add("the client had no processor time to spare: its share in all figures is large");
    }
    return remarks;
  }

  private double seconds() {
    return result.end().secondsSince(result.start());
  }

  private long delivered() {
    return result.end().sessions().delivered() - result.start().sessions().delivered();
  }

  private long acked() {
    return result.end().pushes().acked() - result.start().pushes().acked();
  }

  private double clientBusy() {
    return clientCpuNanos() / 1e9 / seconds();
  }

  private long clientCpuNanos() {
    return result.end().clientCpuNanos() - result.start().clientCpuNanos();
  }

  private static double mebibytes(Edge edge) {
    return edge.serverBytes() / 1048576.0;
  }

  private static double ratio(long value, long count) {
    return count == 0 ? 0 : (double) value / count;
  }
}
