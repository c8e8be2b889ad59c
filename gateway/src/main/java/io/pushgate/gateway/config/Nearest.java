package io.pushgate.gateway.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds the known name that a mistyped one most likely stands for. Any thread. */
public final class Nearest {
  private Nearest() {}

  /** The name with the fewest letters inserted, left out or exchanged (Levenshtein distance). */
  public static String to(String mistyped, Collection<String> known) {
    // What is much longer than any name is as far from all of them.
    String word = mistyped.substring(0, Math.min(64, mistyped.length()));
    return known.stream().min(Comparator.comparingInt(name -> distance(word, name))).orElseThrow();
  }

  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int column = 0; column <= b.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= a.length(); row++) {
      int[] line = new int[b.length() + 1];
      line[0] = row;
      for (int column = 1; column <= b.length(); column++) {
        int exchange = a.charAt(row - 1) == b.charAt(column - 1) ? 0 : 1;
        line[column] =
            Math.min(above[column - 1] + exchange, 1 + Math.min(above[column], line[column - 1]));
      }
      above = line;
    }
    return above[b.length()];
  }
}
