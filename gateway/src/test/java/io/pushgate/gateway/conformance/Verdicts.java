package io.pushgate.gateway.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of every case, a line each, beside the list that is kept. A changed verdict is a diff
 * of that file. One thread.
 */
final class Verdicts {
  private static final java.nio.file.Path FILE =
      java.nio.file.Path.of("src/test/resources/conformance/verdicts.txt");

  /** The property that, set to true, makes what is observed the list that is kept. */
  private static final String REWRITE = "pushgate.test.verdicts.rewrite";

  private static final String COMMAND =
      "mvn test-compile surefire:test@default-test -pl gateway -am -Dtest=ConformanceTest -D"
          + REWRITE
          + "=true";

  private final List<String> observed = new ArrayList<>();

  void add(String id, Path path, String outcome) {
    observed.add("%s | %s | %s".formatted(id, path, outcome));
  }

  int count() {
    return observed.size();
  }

  /** Fails with what differs from the list that is kept, and says how that is rewritten. */
  void compare(String title) throws IOException {
    if (Boolean.getBoolean(REWRITE)) {
      Files.createDirectories(FILE.getParent());
      Files.write(FILE, observed);
    }
    List<String> kept = Files.readAllLines(FILE);
    List<String> differences = new ArrayList<>();
    for (String line : kept) {
      if (!observed.contains(line)) {
        differences.add("- " + line);
      }
    }
    for (String line : observed) {
      if (!kept.contains(line)) {
        differences.add("+ " + line);
      }
    }
    if (!differences.isEmpty() || kept.size() != observed.size()) {
      throw new AssertionError(
          "%s: other verdicts than %s holds; where they are meant: %s%n%s"
              .formatted(title, FILE, COMMAND, String.join("\n", differences)));
    }
  }
}
