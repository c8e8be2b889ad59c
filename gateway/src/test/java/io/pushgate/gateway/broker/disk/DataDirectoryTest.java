package io.pushgate.gateway.broker.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pushgate.gateway.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataDirectoryTest {
  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void nameDirectory() {
    data = folder.resolve("deep/data");
  }

  @Test
  void theFormatIsTextThatPeopleCanRead() throws IOException {
    RocksStore.open(data).close();
    assertThat(data.resolve("FORMAT")).hasContent("pushgate 1\n");
  }

  @Test
  void aDirectoryInUseIsRefusedAlsoInThisProcess() throws IOException {
    try (RocksStore store = RocksStore.open(data)) {
      assertThat(store.trouble()).isNull();
      assertRefused("data directory " + data + " is in use by another process");
    }
    RocksStore.open(data).close();
  }

  @Test
  void aDirectoryInUseByAnotherProcessIsRefusedUntilThatEnds() throws Exception {
    String[] args = {
      data.toString(), folder.resolve("said").toString(), "plain", "1000000000", "100", "1000000"
    };
    try (ChildJvm child = ChildJvm.start(WriterProgram.class, Map.of(), args)) {
      child.awaitOut("begins at");
      assertRefused("data directory " + data + " is in use by another process");
      child.kill();
    }
    RocksStore.open(data).close();
  }

  @Test
  void aNewerFormatIsRefusedWithBothVersions() throws IOException {
    RocksStore.open(data).close();
    Files.writeString(data.resolve("FORMAT"), "pushgate 7\n");
    assertRefused(
        "data directory %s has format 7, and this version of pushgate knows none above 1"
            .formatted(data));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "pushgate", "pushgate 0\n", "pushgate 1", "other 1\n", "pushgate 1\n\n"})
  void aFormatOfAnotherFormIsRefused(String text) throws IOException {
    RocksStore.open(data).close();
    Files.writeString(data.resolve("FORMAT"), text);
    assertRefused("damaged store: " + data.resolve("FORMAT") + " is not of the form 'pushgate 1'");
  }

  @Test
  void aDirectoryOfSomethingElseIsRefusedAndLeftAsItIs() throws IOException {
    Files.createDirectories(data);
    Files.writeString(data.resolve("letters.txt"), "mine");
    assertRefused(
        "data directory %s holds letters.txt and no FORMAT: this is no store of pushgate"
            .formatted(data));
    assertThat(data.resolve("letters.txt")).hasContent("mine");
  }

  @Test
  void aFileInTheDirectorysPlaceIsRefused() throws IOException {
    Files.createDirectories(data.getParent());
    Files.writeString(data, "");
    assertThatThrownBy(() -> RocksStore.open(data))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("data directory " + data + " cannot be used: ");
  }

  @Test
  void aCreationThatDidNotGetToItsEndIsBegunAnew() throws IOException {
    RocksStore.open(data).close();
    Files.delete(data.resolve("FORMAT"));
    try (RocksStore store = RocksStore.open(data)) {
      assertThat(Records.read(store)).isEmpty();
    }
    Files.delete(data.resolve("FORMAT"));
    Files.delete(data.resolve("synced"));
    Files.delete(data.resolve("rocksdb/CURRENT"));
    RocksStore.open(data).close();
  }

  @Test
  void aStoreWhoseFormatIsGoneIsNotTakenForAnUnfinishedOne() throws IOException {
    try (RocksStore store = RocksStore.open(data, 1 << 16)) {
      Records.write(store, 0, 1000, 1000, true);
    }
    RocksStore.open(data, 1 << 16).close();
    Files.delete(data.resolve("FORMAT"));
    assertRefused("damaged store: " + data.resolve("FORMAT") + " is missing");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> RocksStore.open(data))
        .isInstanceOf(StoreException.class)
        .hasMessage(message);
  }
}
