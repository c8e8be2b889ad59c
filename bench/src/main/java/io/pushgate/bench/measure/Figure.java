package io.pushgate.bench.measure;

/**
 * One measured value. Immutable.
 *
 * @param key the name in JSON, with its unit at the end
 * @param label the words in the table
 * @param value a number, a text, a truth value, or a record of such, whose text is for the table
 * @param unit behind the value in the table; may be empty
 */
public record Figure(String key, String label, Object value, String unit) {
  public static Figure count(String key, String label, long value) {
    return new Figure(key, label, value, "");
  }

  /** What nothing was divided by is no number in JSON, and told as none. */
  public static Figure of(String key, String label, double value, String unit) {
    return Double.isFinite(value)
        ? new Figure(key, label, value, unit)
        : new Figure(key, label, "none", "");
  }

  public static Figure text(String key, String label, String value) {
    return new Figure(key, label, value, "");
  }
}
