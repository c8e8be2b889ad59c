package io.pushgate.bench.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Some figures under one heading. Immutable.
 *
 * @param key the name in JSON
 * @param title the heading in the table
 */
public record Section(String key, String title, List<Figure> figures) {
  private static final double[] PERCENTILES = {50, 90, 99, 99.9};

  public Section {
    figures = List.copyOf(figures);
  }

  public static Section of(String key, String title, Figure... figures) {
    return new Section(key, title, List.of(figures));
  }

  /** The percentiles of a histogram, in milliseconds. */
  public static Section latency(String key, String title, Latency latency) {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.count("count", "samples", latency.count()));
    figures.add(Figure.of("meanMillis", "mean", latency.meanMillis(), "ms"));
    for (double percentile : PERCENTILES) {
      String name = Double.toString(percentile).replace(".0", "").replace(".", "_");
      String label = "p" + Double.toString(percentile).replace(".0", "");
      double value = latency.percentileMillis(percentile);
      figures.add(Figure.of("p" + name + "Millis", label, value, "ms"));
    }
    figures.add(Figure.of("maxMillis", "max", latency.maxMillis(), "ms"));
    return new Section(key, title, figures);
  }
}
