package io.pushgate.gateway.broker.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store with several tables and a log, and what is done to its files. */
class DamageTest {
  private static final long WRITE_BUFFER = 1 << 18;
  private static final int FLIPS = 12;
  private static final long SEED = 3;

  /** What the engine writes for people, and files that only have to be there. */
  private static final String NOT_READ = "LOG|LOG\\.old\\..*|IDENTITY|OPTIONS-.*|LOCK";

  @TempDir Path folder;
  private Path whole;
  private long entries;

  // So few tables that the engine leaves them alone, and opened twice, so that no file of the first
  // time is there that the store does not need.
  @BeforeEach
  void makeStore() throws IOException {
    whole = folder.resolve("whole");
    try (RocksStore store = RocksStore.open(whole, WRITE_BUFFER)) {
      while (entries < 900) {
        entries = Batches.write(store, entries, 500, false);
      }
    }
    try (RocksStore store = RocksStore.open(whole, 4 * WRITE_BUFFER)) {
      while (entries < 1_800) {
        entries = Batches.write(store, entries, 500, false);
      }
    }
    assertThat(files(whole).map(Path::toString))
        .anyMatch(name -> name.endsWith(".sst"))
        .anyMatch(name -> name.endsWith(".log"));
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    for (Path file : essential()) {
      Path damaged = copyOf(whole);
      Files.delete(damaged.resolve(file));
      assertRefused(damaged, file);
    }
  }

  @Test
  void aFileThatEndsEarlyIsNamed() throws IOException {
    for (Path file : essential()) {
      for (int part = 0; part < 4; part++) {
        Path damaged = copyOf(whole);
        Path cut = damaged.resolve(file);
        byte[] bytes = Files.readAllBytes(cut);
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length * part / 4));
        assertRefused(damaged, file);
      }
    }
  }

  @Test
  void aFileWithItsLastByteGoneIsNamed() throws IOException {
    for (Path file : essential()) {
      Path damaged = copyOf(whole);
      byte[] bytes = Files.readAllBytes(damaged.resolve(file));
      Files.write(damaged.resolve(file), java.util.Arrays.copyOf(bytes, bytes.length - 1));
      assertRefused(damaged, file);
    }
  }

  // A few bytes of a table are padding. A flip in FORMAT can make it another version's.
  @Test
  void aFlippedByteIsNamedOrHarmsNothing() throws IOException {
    Random random = new Random(SEED);
    int refused = 0;
    List<Path> files = essential().stream().filter(file -> !file.endsWith("FORMAT")).toList();
    for (Path file : files) {
      int length = (int) Files.size(whole.resolve(file));
      for (int n = 0; n < FLIPS; n++) {
        Path damaged = copyOf(whole);
        byte[] bytes = Files.readAllBytes(damaged.resolve(file));
        int at = n == 0 ? length - 1 : random.nextInt(length);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(damaged.resolve(file), bytes);
        try (RocksStore store = RocksStore.open(damaged, WRITE_BUFFER)) {
          assertThat(Batches.read(store)).as("%s at %s", file, at).isEqualTo(entries);
        } catch (StoreException e) {
          assertThat(e.getMessage()).contains(file.getFileName().toString());
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(files.size() * FLIPS * 9 / 10);
  }

  @Test
  void aRefusedStoreIsLeftAsItIs() throws IOException {
    Path wal = wal(whole);
    Path damaged = copyOf(whole);
    byte[] bytes = Files.readAllBytes(damaged.resolve(wal));
    bytes[bytes.length / 2] ^= 1;
    Files.write(damaged.resolve(wal), bytes);
    assertRefused(damaged, wal);
    assertRefused(damaged, wal);
    assertThat(damaged.resolve(wal)).hasBinaryContent(bytes);
    bytes[bytes.length / 2] ^= 1;
    Files.write(damaged.resolve(wal), bytes);
    try (RocksStore store = RocksStore.open(damaged, WRITE_BUFFER)) {
      assertThat(Batches.read(store)).isEqualTo(entries);
    }
  }

  @Test
  void aLogThatEndsBehindWhatWasSyncedIsReadToItsLastWholeBatch() throws IOException {
    Path cut = folder.resolve("cut");
    long synced;
    try (RocksStore store = RocksStore.open(whole, 1 << 20)) {
      synced = Batches.write(store, entries, 500, false);
      store.sync();
      Files.createDirectories(cut.resolve("rocksdb"));
      long end = synced;
      for (int n = 0; n < 20; n++) {
        end = Batches.write(store, end, 500, false);
      }
      copy(whole, cut);
    }
    Path wal = cut.resolve(wal(cut));
    byte[] bytes = Files.readAllBytes(wal);
    for (int gone : new int[] {1, 3_000, 6_000}) {
      Path damaged = copyOf(cut);
      Files.write(damaged.resolve(wal(cut)), java.util.Arrays.copyOf(bytes, bytes.length - gone));
      try (RocksStore store = RocksStore.open(damaged, WRITE_BUFFER)) {
        assertThat(Batches.read(store)).isGreaterThanOrEqualTo(synced);
      }
    }
  }

  private static void assertRefused(Path damaged, Path file) {
    assertThatThrownBy(() -> RocksStore.open(damaged, WRITE_BUFFER))
        .isInstanceOf(DamagedStoreException.class)
        .hasMessageContaining(damaged.resolve(file).toString())
        .hasMessageNotContaining("\n");
  }

  /** The files a store can't be without, from the directory's root. */
  private List<Path> essential() throws IOException {
    return files(whole)
        .map(whole::relativize)
        .filter(file -> !file.getFileName().toString().matches(NOT_READ))
        .toList();
  }

  private static Path wal(Path store) throws IOException {
    return files(store)
        .filter(f -> f.toString().endsWith(".log"))
        .findFirst()
        .map(store::relativize)
        .orElseThrow();
  }

  private Path copyOf(Path store) throws IOException {
    Path copy = Files.createTempDirectory(folder, "damaged");
    Files.createDirectories(copy.resolve("rocksdb"));
    copy(store, copy);
    return copy;
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from).toList()) {
      Files.copy(file, to.resolve(from.relativize(file)));
    }
  }

  private static Stream<Path> files(Path store) throws IOException {
    try (Stream<Path> found = Files.walk(store)) {
      return new ArrayList<>(found.filter(Files::isRegularFile).sorted().toList()).stream();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
