package io.pushgate.gateway.broker.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory that holds a store, for one process at a time: {@code LOCK}, {@code FORMAT}, {@code
 * synced}, and the engine's own directory. <em>Its opener only.</em>
 */
final class DataDirectory implements AutoCloseable {
  /** The format that is written, and the newest one that is read. */
  static final int FORMAT = 1;

  private static final String LOCK_FILE = "LOCK";
  private static final String FORMAT_FILE = "FORMAT";
  private static final Pattern FORMAT_TEXT = Pattern.compile("pushgate ([1-9][0-9]{0,8})\n");
  private static final int FORMAT_TEXT_MAX = 64;

  /** What a creation may have left that did not get to its end, and what file systems put there. */
  private static final Set<String> NO_CONTENT =
      Set.of(LOCK_FILE, "synced", "synced.new", "rocksdb", "FORMAT.new", "lost+found");

  private final Path root;
  private final FileChannel lock;

  private DataDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /** Creates the directory where there is none, and takes it for this process. */
  static DataDirectory lock(Path root) throws StoreException {
    try {
      Files.createDirectories(root);
      FileChannel channel =
          FileChannel.open(
              root.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isTaken(channel)) {
        return new DataDirectory(root, channel);
      }
      channel.close();
    } catch (IOException e) {
      throw new StoreException("data directory " + root + " cannot be used: " + e, e);
    }
    throw new StoreException("data directory " + root + " is in use by another process", null);
  }

  // The lock belongs to the process and goes with it, however that ends.
  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      FileLock taken = channel.tryLock();
      return taken == null;
    } catch (OverlappingFileLockException inThisProcess) {
      return true;
    }
  }

  Path root() {
    return root;
  }

  Path engine() {
    return root.resolve("rocksdb");
  }

  Path synced() {
    return root.resolve("synced");
  }

  /**
   * Whether there is a store to open; if not, the directory is ready for a new one.
   *
   * @throws StoreException where it holds something else, or a store of a format not known here
   */
  boolean holdsStore() throws StoreException {
    try {
      Path format = root.resolve(FORMAT_FILE);
      if (!Files.exists(format)) {
        clearUnfinished();
        return false;
      }
      int version = versionIn(format);
      if (version > FORMAT) {
        throw new StoreException(
            "data directory %s has format %d, and this version of pushgate knows none above %d"
                .formatted(root, version, FORMAT),
            null);
      }
      // Here an older format would be carried over; the first one has none before it.
      return true;
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new StoreException("data directory " + root + " cannot be read: " + e, e);
    }
  }

  /** Says, as the last step of a creation, that there is a store, which by now is synced. */
  void writeFormat() throws IOException {
    DurableFile.syncDirectory(root);
    DurableFile.replace(root.resolve(FORMAT_FILE), "pushgate " + FORMAT + "\n");
    DurableFile.syncDirectory(root);
    Path parent = root.toAbsolutePath().getParent();
    if (parent != null) {
      DurableFile.syncDirectory(parent);
    }
  }

  private static int versionIn(Path format) throws IOException {
    Matcher matcher =
        FORMAT_TEXT.matcher(
            Files.size(format) > FORMAT_TEXT_MAX
                ? ""
                : Files.readString(format, StandardCharsets.ISO_8859_1));
    if (!matcher.matches()) {
      throw new DamagedStoreException(format, "is not of the form 'pushgate 1'");
    }
    return Integer.parseInt(matcher.group(1));
  }

  // Before FORMAT is there nothing was ever taken. Tables come much later, so where there are some,
  // it is not an unfinished creation but a store whose FORMAT is gone.
  private void clearUnfinished() throws IOException {
    for (Path found : list(root)) {
      if (!NO_CONTENT.contains(found.getFileName().toString())) {
        throw new StoreException(
            "data directory %s holds %s and no FORMAT: this is no store of pushgate"
                .formatted(root, found.getFileName()),
            null);
      }
    }
    if (!Files.exists(engine())) {
      return;
    }
    List<Path> files = list(engine());
    if (files.stream().anyMatch(file -> file.toString().endsWith(".sst"))) {
      throw new DamagedStoreException(root.resolve(FORMAT_FILE), "is missing");
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(engine());
    Files.deleteIfExists(synced());
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
