package io.pushgate.gateway.broker.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pushgate.gateway.broker.local.Store;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FullDiskTest {
  private static final long WRITE_BUFFER = 1 << 20;
  private static final long FAR = 1_000_000;

  @TempDir Path folder;
  private SmallDisk disk;
  private long end;

  @BeforeEach
  void mount() throws IOException {
    disk = SmallDisk.mount(folder.resolve("disk"), 16);
  }

  @AfterEach
  void unmount() {
    disk.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFullDiskFailsTheWriteAndLosesNothingAndRoomBringsTheStoreBack(boolean sync)
      throws IOException {
    Path data = disk.path().resolve("data");
    try (RocksStore store = RocksStore.open(data, WRITE_BUFFER)) {
      writeUntilFull(store, sync);
      assertThat(store.trouble()).startsWith("the store takes nothing: ").contains("No space left");
      assertThatThrownBy(() -> Batches.write(store, end, 100, sync))
          .isInstanceOf(IOException.class);
      assertThat(Batches.read(store)).isBetween(end, Batches.next(end));

      disk.resize(64);
      Waiting.until("the store is back", () -> store.trouble() == null);
      writeOn(store, sync, 100);
      store.sync();
    }
    try (RocksStore store = RocksStore.open(data, WRITE_BUFFER)) {
      assertThat(Batches.read(store)).isEqualTo(end);
    }
  }

  @Test
  void aStoreThatClosedOnAFullDiskOpensWhereThereIsRoomAgain() throws IOException {
    Path data = disk.path().resolve("data");
    try (RocksStore store = RocksStore.open(data, WRITE_BUFFER)) {
      writeUntilFull(store, false);
    }
    disk.resize(64);
    try (RocksStore store = RocksStore.open(data, WRITE_BUFFER)) {
      assertThat(Batches.read(store)).isBetween(end, Batches.next(end));
    }
  }

  // When it fails first there is room that the engine had reserved and gives back. So all that
  // comes free is taken, until the store stays as it is and can be read.
  private void writeUntilFull(RocksStore store, boolean sync) {
    Waiting.until(
        "the disk gets full",
        () -> {
          try {
            writeOn(store, sync, FAR);
          } catch (IOException refused) {
            return fill() == 0 && store.trouble() != null && reads(store);
          }
          throw new AssertionError("the disk does not get full");
        });
  }

  /** Goes on behind what is there: of a write that failed it is open whether it was done. */
  private void writeOn(RocksStore store, boolean sync, long batches) throws IOException {
    long there = Batches.read(store);
    assertThat(there).isBetween(end, Batches.next(end));
    end = there;
    for (int n = 0; n < batches; n++) {
      end = Batches.write(store, end, 2_000, sync);
    }
  }

  private long fill() {
    try {
      return disk.fill();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean reads(RocksStore store) {
    try (Store.View view = store.view()) {
      return view.get(Records.key(0)) != null;
    } catch (IOException notYet) {
      return false;
    }
  }
}
