package io.pushgate.gateway.broker.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the recorder took down, as steps: each changes one file's bytes or some names, and is safe
 * from the sync on that covers it. A sync of a file covers its bytes, one of a directory its names.
 */
final class Recording {
  /** A file or directory, whatever its names are. */
  static final class Node {
    final boolean directory;

    private Node(boolean directory) {
      this.directory = directory;
    }
  }

  /** One change. */
  static final class Step {
    /** When it was done, counted in lines of the record; safe from then on. */
    final int at;

    int safeFrom = Integer.MAX_VALUE;

    /** The file whose bytes change, or the directory whose names do. */
    final Node node;

    /** Bytes written; null where the file's length is set to the offset, or names change. */
    byte[] bytes;

    long offset;

    /** What names lead to behind it, null to nothing; empty where bytes change. */
    final Map<Path, Node> names = new HashMap<>();

    private Step(int at, Node node) {
      this.at = at;
      this.node = node;
    }
  }

  private final List<Step> steps = new ArrayList<>();
  private final List<Integer> syncs = new ArrayList<>();
  private final List<Integer> creations = new ArrayList<>();
  private final Map<Path, Node> names = new HashMap<>();
  private final Map<Integer, Node> open = new HashMap<>();
  private int line;

  private Recording(Path root) {
    names.put(root, new Node(true));
  }

  /** Reads the records of processes that ran one after the other below one directory. */
  static Recording read(Path root, List<Path> logs) throws IOException {
    Recording recording = new Recording(root);
    for (Path log : logs) {
      recording.open.clear();
      recording.readOne(Files.readAllBytes(log));
    }
    return recording;
  }

  List<Step> steps() {
    return steps;
  }

  /** The lines at which something was synced. */
  List<Integer> syncs() {
    return syncs;
  }

  /** The lines at which a file was begun. */
  List<Integer> creations() {
    return creations;
  }

  int lines() {
    return line;
  }

  /** The bytes written to a file up to a line, whether they are safe or not. */
  String textOf(Path file, int until) {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      if (step.at <= until && step.bytes != null && step.node == names.get(file)) {
        text.append(new String(step.bytes, StandardCharsets.US_ASCII));
      }
    }
    return text.toString();
  }

  private void readOne(byte[] log) {
    int next = 0;
    while (next < log.length) {
      int end = next;
      while (log[end] != '\n') {
        end++;
      }
      String[] words = new String(log, next, end - next, StandardCharsets.UTF_8).split(" ", 2);
      next = end + 1;
      line++;
      if (words[0].equals("write")) {
        String[] fields = words[1].split(" ", 3);
        int length = Integer.parseInt(fields[2]);
        Step step = add(open.get(Integer.parseInt(fields[0])));
        step.offset = Long.parseLong(fields[1]);
        step.bytes = Arrays.copyOfRange(log, next, next + length);
        next += length;
      } else {
        apply(words[0], words[1]);
      }
    }
  }

  private void apply(String op, String rest) {
    switch (op) {
      case "open" -> opened(rest.split(" ", 4));
      case "close" -> open.remove(Integer.parseInt(rest));
      case "truncate" -> {
        String[] fields = rest.split(" ", 2);
        add(open.get(Integer.parseInt(fields[0]))).offset = Long.parseLong(fields[1]);
      }
      case "sync" -> sync(open.get(Integer.parseInt(rest)));
      case "mkdir" -> rename(Path.of(rest), new Node(true), null);
      case "unlink" -> rename(Path.of(rest), null, null);
      case "rename" -> {
        int length = Integer.parseInt(rest.substring(0, rest.indexOf(' ')));
        String paths = rest.substring(rest.indexOf(' ') + 1);
        Path from = Path.of(paths.substring(0, length));
        rename(Path.of(paths.substring(length + 1)), names.get(from), from);
      }
      default -> throw new AssertionError("no such line: " + op);
    }
  }

  private void opened(String[] fields) {
    Path path = Path.of(fields[3]);
    if (fields[1].equals("1")) {
      creations.add(line);
      rename(path, new Node(false), null);
    } else if (fields[2].equals("1")) {
      add(names.get(path)).offset = 0;
    }
    open.put(Integer.parseInt(fields[0]), names.get(path));
  }

  private void rename(Path to, Node node, Path from) {
    Step step = add(names.get(to.getParent()));
    step.names.put(to, node);
    if (from != null) {
      step.names.put(from, null);
    }
    names.putAll(step.names);
  }

  private Step add(Node node) {
    Step step = new Step(line, node);
    steps.add(step);
    return step;
  }

  private void sync(Node node) {
    syncs.add(line);
    for (Step step : steps) {
      if (step.node == node) {
        step.safeFrom = Math.min(step.safeFrom, line);
      }
    }
  }
}
