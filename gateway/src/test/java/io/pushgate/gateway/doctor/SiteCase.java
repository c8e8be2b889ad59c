package io.pushgate.gateway.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One proxy of the corpus: what stands in its {@code http} block, with names for ports and folders,
 * and in the comments before that what is to be said of it. Immutable.
 *
 * <p>{@code expect} holds the doctor's exit code, the code of its diagnosis or warning, whether the
 * printed edits mend it, and in how many rounds. {@code judge} holds the codes that the text alone
 * gives. {@code main} and {@code events} are lines of those blocks. {@code public}, {@code direct}
 * and {@code doctor} are the doctor's arguments where they are not the usual ones, {@code gateway}
 * options of the gateway, {@code certificate} the kind that the site shows. {@code reload} lets
 * nginx read its files again and again, {@code freeze} stops its workers.
 */
record SiteCase(String name, String text, Map<String, String> header) {
  private static final Path CORPUS = Path.of("src", "test", "resources", "nginx");
  private static final Pattern HEADER = Pattern.compile("(?m)^# ([a-z]+): (.*)$");
  private static final Pattern EXPECTATION = Pattern.compile("([a-z]+)=([a-z_0-9]+)");

  SiteCase {
    header = Map.copyOf(header);
  }

  /** All of the corpus, the broken ones first. */
  static List<SiteCase> all() {
    return Stream.of("broken", "healthy").flatMap(SiteCase::in).toList();
  }

  private static Stream<SiteCase> in(String folder) {
    try (Stream<Path> files = Files.list(CORPUS.resolve(folder))) {
      return files.sorted().map(file -> read(folder, file)).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SiteCase read(String folder, Path file) {
    try {
      String text = Files.readString(file);
      Map<String, String> header = new HashMap<>();
      Matcher line = HEADER.matcher(text);
      while (line.find()) {
        header.put(line.group(1), line.group(2).strip());
      }
      return new SiteCase(folder + "/" + file.getFileName(), text, header);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String header(String key, String otherwise) {
    return header.getOrDefault(key, otherwise);
  }

  /** Words of a header, none where it is missing. */
  List<String> words(String key) {
    String line = header(key, "");
    return line.isEmpty() ? List.of() : Arrays.asList(line.split(" +", -1));
  }

  int exitCode() {
    return Integer.parseInt(expected("exit", "0"));
  }

  /** The diagnosis or first warning; empty for a healthy one. */
  String code() {
    return expected("code", "");
  }

  boolean isMendable() {
    return expected("mendable", "no").equals("yes");
  }

  int rounds() {
    return Integer.parseInt(expected("rounds", "1"));
  }

  private String expected(String key, String otherwise) {
    Matcher expectation = EXPECTATION.matcher(header("expect", ""));
    while (expectation.find()) {
      if (expectation.group(1).equals(key)) {
        return expectation.group(2);
      }
    }
    return otherwise;
  }

  @Override
  public String toString() {
    return name;
  }
}
