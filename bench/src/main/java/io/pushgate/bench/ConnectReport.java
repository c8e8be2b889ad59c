package io.pushgate.bench;

import io.pushgate.bench.measure.Figure;
import io.pushgate.bench.measure.Section;
import io.pushgate.bench.measure.SettledMemory;
import java.util.ArrayList;
import java.util.List;

/** Tells a run of handshakes in figures. Any thread. */
final class ConnectReport {
  private final ConnectRun.Result result;
  private final boolean serverKnown;

  ConnectReport(ConnectRun.Result result, boolean serverKnown) {
    this.result = result;
    this.serverKnown = serverKnown;
  }

  List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    for (ConnectRun.Step step : result.steps()) {
      sections.add(step(step));
      String key = "At" + step.sessions();
      String where = ", from the start of the connection, to %,d".formatted(step.sessions());
      sections.add(Section.latency("handshake" + key, "handshake" + where, step.handshakes()));
      sections.add(Section.latency("welcome" + key, "welcome" + where, step.welcomes()));
    }
    if (serverKnown && result.steps().size() > 1) {
      sections.add(slope());
    }
    sections.add(closing());
    return sections;
  }

  private Section step(ConnectRun.Step step) {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.count("opened", "opened", step.opened()));
    double perSecond = step.opened() / step.seconds();
    figures.add(Figure.of("handshakesPerSecond", "handshakes a second", perSecond, ""));
    SettledMemory memory = step.memory();
    if (memory != null) {
      double micros = step.serverCpuNanos() / 1e3 / step.opened();
      figures.add(Figure.of("serverCpuMicros", "server's processor each", micros, "us"));
      figures.add(Figure.count("residentBytes", "server's resident bytes", memory.bytes()));
      figures.add(
          Figure.text("residentSettled", "stood still", Boolean.toString(memory.settled())));
      figures.add(
          Figure.of("settledAfterSeconds", "waited for it", memory.waitedMillis() / 1e3, "s"));
    }
    String title = "up to %,d sessions".formatted(step.sessions());
    return new Section("openTo" + step.sessions(), title, figures);
  }

  private Section slope() {
    ConnectRun.Step first = result.steps().get(0);
    ConnectRun.Step last = result.steps().get(result.steps().size() - 1);
    double bytes = bytes(last) - bytes(first);
    return Section.of(
        "memory",
        "memory from %,d to %,d sessions".formatted(first.sessions(), last.sessions()),
        Figure.of(
            "residentBytesPerConnection",
            "resident bytes a connection",
            bytes / (last.sessions() - first.sessions()),
            "B"));
  }

  private static double bytes(ConnectRun.Step step) {
    SettledMemory memory = step.memory();
    return memory == null ? 0 : memory.bytes();
  }

  private Section closing() {
    int sessions = result.steps().get(result.steps().size() - 1).sessions();
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of("seconds", "took", result.closeSeconds(), "s"));
    figures.add(Figure.count("cut", "not answered in time", result.cut()));
    figures.add(Figure.count("endedEarly", "had ended before", result.ended()));
    if (serverKnown) {
      double micros = result.closeCpuNanos() / 1e3 / sessions;
      figures.add(Figure.of("serverCpuMicros", "server's processor each", micros, "us"));
    }
    return new Section("close", "closing", figures);
  }

  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    for (ConnectRun.Step step : result.steps()) {
      SettledMemory memory = step.memory();
      if (memory != null && !memory.settled()) {
        remarks.add(
            "memory still moved at %,d sessions: its figure is a guess".formatted(step.sessions()));
      }
    }
    if (!result.firstEnd().isEmpty()) {
      remarks.add("the first session that ended: " + result.firstEnd());
    }
    return remarks;
  }
}
