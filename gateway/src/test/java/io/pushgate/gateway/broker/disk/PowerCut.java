package io.pushgate.gateway.broker.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes a directory as it may be found after the power went: what was synced, and besides any of
 * the pages written since, torn from their writes and in no order. The names in one directory keep
 * their order, as in every file system with a journal, and as the engine needs it: of those that
 * were not synced there is a beginning.
 */
final class PowerCut {
  private static final int PAGE = 4096;

  private final Recording recording;
  private final Path root;
  private final int at;
  private final Random random;
  private final Map<Recording.Node, Double> luck = new HashMap<>();
  private final Set<Recording.Node> forgetful = new HashSet<>();
  private final Map<Recording.Node, byte[]> files = new HashMap<>();
  private final Map<Path, Recording.Node> names = new TreeMap<>();

  /** The power goes behind this line of the record. */
  PowerCut(Recording recording, Path root, int at, Random random) {
    this.recording = recording;
    this.root = root;
    this.at = at;
    this.random = random;
  }

  void rebuild(Path target) throws IOException {
    for (Recording.Step step : recording.steps()) {
      if (step.at > at) {
        break;
      }
      boolean safe = step.safeFrom <= at;
      if (step.bytes != null) {
        write(step, safe);
      } else if (safe || keepsOrder(step)) {
        change(step);
      }
    }
    materialise(target);
  }

  // Of one file nearly all got to the disk, of another nearly nothing.
  private boolean survives(Recording.Node node) {
    return random.nextDouble()
        < luck.computeIfAbsent(node, n -> new double[] {0.02, 0.5, 0.98}[random.nextInt(3)]);
  }

  private boolean keepsOrder(Recording.Step step) {
    boolean survives = !forgetful.contains(step.node) && survives(step.node);
    if (!survives && !step.names.isEmpty()) {
      forgetful.add(step.node);
    }
    return survives;
  }

  private void change(Recording.Step step) {
    if (step.names.isEmpty()) {
      files.put(step.node, Arrays.copyOf(bytesOf(step.node), (int) step.offset));
      return;
    }
    step.names.forEach(
        (name, node) -> {
          if (node == null) {
            names.remove(name);
          } else {
            names.put(name, node);
          }
        });
  }

  private void write(Recording.Step step, boolean safe) {
    int done = 0;
    while (done < step.bytes.length) {
      long offset = step.offset + done;
      int length = (int) Math.min(step.bytes.length - done, PAGE - offset % PAGE);
      if (safe || survives(step.node)) {
        byte[] before = bytesOf(step.node);
        byte[] after = Arrays.copyOf(before, (int) Math.max(before.length, offset + length));
        System.arraycopy(step.bytes, done, after, (int) offset, length);
        files.put(step.node, after);
      }
      done += length;
    }
  }

  private byte[] bytesOf(Recording.Node node) {
    return files.getOrDefault(node, new byte[0]);
  }

  // In the order of their names a directory comes before what it holds; where it is lost, so is
  // that.
  private void materialise(Path target) throws IOException {
    Files.createDirectories(target);
    for (Map.Entry<Path, Recording.Node> entry : names.entrySet()) {
      Path path = target.resolve(root.relativize(entry.getKey()));
      if (!Files.isDirectory(path.getParent())) {
        continue;
      }
      if (entry.getValue().directory) {
        Files.createDirectories(path);
      } else {
        Files.write(path, bytesOf(entry.getValue()));
      }
    }
  }
}
