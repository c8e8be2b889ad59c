package io.pushgate.gateway.broker.disk;

import static io.pushgate.gateway.broker.disk.Records.key;
import static io.pushgate.gateway.broker.disk.Records.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pushgate.gateway.broker.local.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksStoreTest {
  @TempDir Path folder;

  @Test
  void whatWasWrittenIsThereAfterAClose() throws IOException {
    try (RocksStore store = open()) {
      Records.write(store, 0, 3, 200, false);
      Store.Batch batch = store.batch();
      batch.delete(key(1));
      store.write(batch, true);
    }
    try (RocksStore store = open()) {
      assertThat(Records.read(store)).containsExactly(0L, 2L);
      assertThat(store.trouble()).isNull();
    }
  }

  @Test
  void aWalkGoesFromItsFirstKeyUpToItsLastAndNotBeyond() throws IOException {
    try (RocksStore store = open()) {
      Records.write(store, 0, 10, 20, false);
      Store.Batch batch = store.batch();
      batch.put(text("a"), text("before"));
      batch.put(new byte[] {(byte) 0xfe}, text("behind"));
      batch.delete(key(4));
      batch.delete(key(5));
      store.write(batch, false);
      try (Store.View view = store.view();
          Store.Walk walk = view.walk(key(3), key(8))) {
        for (long number : new long[] {3, 6, 7}) {
          assertThat(walk.next()).isTrue();
          assertThat(walk.key()).isEqualTo(key(number));
        }
        assertThat(walk.next()).isFalse();
        assertThat(walk.next()).isFalse();
        assertThat(view.get(text("a"))).isEqualTo(text("before"));
        assertThat(view.get(key(4))).isNull();
      }
    }
  }

  @Test
  void aViewStaysAsItWasWhileWritesGoOn() throws IOException {
    try (RocksStore store = open()) {
      Records.write(store, 0, 5, 20, false);
      try (Store.View view = store.view()) {
        Records.write(store, 5, 9, 20, false);
        Store.Batch batch = store.batch();
        batch.delete(key(0));
        store.write(batch, false);
        assertThat(Records.read(view)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(view.get(key(0))).isNotNull();
        assertThat(view.get(key(5))).isNull();
      }
      assertThat(Records.read(store)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }
  }

  @Test
  void aBatchIsEmptyBehindItsWrite() throws IOException {
    try (RocksStore store = open()) {
      Records.write(store, 0, 1, 20, false);
      Store.Batch batch = store.batch();
      batch.delete(key(0));
      store.write(batch, false);
      Records.write(store, 1, 2, 20, false);
      assertThat(Records.read(store)).containsExactly(1L);
    }
  }

  @Test
  void closingWaitsForOpenViewsAndLetsNoNewOneIn() throws Exception {
    RocksStore store = open();
    Records.write(store, 0, 1000, 200, false);
    Store.View view = store.view();
    Store.Walk walk = view.walk(Records.FROM, Records.TO);
    assertThat(walk.next()).isTrue();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(store::close);
    // Only a close that has begun refuses new views.
    awaitRefusal(store);
    assertThat(closing).isNotDone();
    long found = 1;
    while (walk.next()) {
      found++;
    }
    assertThat(found).isEqualTo(1000);
    view.close();
    closing.get(30, TimeUnit.SECONDS);
    assertThatThrownBy(walk::next).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> view.get(key(0))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(store::view).isInstanceOf(IOException.class);
    assertThatThrownBy(store::sync).isInstanceOf(IOException.class);
  }

  @Test
  void readersOnManyThreadsSurviveACloseUnderThem() throws Exception {
    RocksStore store = open();
    Records.write(store, 0, 500, 200, false);
    CountDownLatch reading = new CountDownLatch(4);
    AtomicBoolean wrong = new AtomicBoolean();
    List<CompletableFuture<Void>> readers =
        LongStream.range(0, 4)
            .mapToObj(n -> CompletableFuture.runAsync(() -> readOn(store, reading, wrong)))
            .toList();
    assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
    store.close();
    for (CompletableFuture<Void> reader : readers) {
      reader.get(30, TimeUnit.SECONDS);
    }
    assertThat(wrong).isFalse();
  }

  @Test
  void aCopyOpensAsAStoreAndHoldsTheChange() throws IOException {
    Path copy = folder.resolve("copy");
    try (RocksStore store = open()) {
      Records.write(store, 0, 100, 200, false);
      store.copyTo(copy, batch -> batch.put(key(1000), Records.value(1000, 20)));
      Records.write(store, 100, 101, 200, false);
      assertThat(Records.read(store)).hasSize(101).doesNotContain(1000L);
      assertThatThrownBy(() -> store.copyTo(copy, batch -> {}))
          .isInstanceOf(StoreException.class)
          .hasMessage("a copy can't be made in " + copy + ": it exists");
    }
    try (RocksStore store = RocksStore.open(copy)) {
      assertThat(Records.read(store)).hasSize(101).contains(99L, 1000L).doesNotContain(100L);
    }
  }

  @Test
  void aCopyThatFailsLeavesNothing() throws IOException {
    Path copy = folder.resolve("copy");
    try (RocksStore store = open()) {
      assertThatThrownBy(
              () ->
                  store.copyTo(
                      copy,
                      batch -> {
                        throw new IllegalStateException("no change");
                      }))
          .hasMessage("no change");
      assertThat(copy).doesNotExist();
    }
  }

  @Test
  void theSizeIsThatOfTheFiles() throws IOException {
    try (RocksStore store = open()) {
      Records.write(store, 0, 1000, 1000, false);
    }
    try (RocksStore store = open()) {
      assertThat(store.size()).isBetween(1_000_000L, 3_000_000L);
    }
  }

  @Test
  void oneKeyIsFoundWithoutReadingMuchOfTheDiskHoweverLargeTheTables() throws IOException {
    int entries = 1_500_000;
    int looks = 2_000;
    try (RocksStore store = open()) {
      for (int from = 0; from < entries; from += 10_000) {
        Records.write(store, from, from + 10_000, 8, false);
      }
      store.compact();
      Random random = new Random(1);
      long before = bytesReadByThisThread();
      for (int look = 0; look < looks; look++) {
        assertThat(store.get(key(random.nextInt(entries)))).isNotNull();
      }
      // A block of the table, and a part of its filter and of its index: 24 kB at most.
      assertThat(bytesReadByThisThread() - before).isLessThan(looks * 32_000L);
    }
  }

  private static long bytesReadByThisThread() throws IOException {
    return Files.readAllLines(Path.of("/proc/thread-self/io")).stream()
        .filter(line -> line.startsWith("rchar: "))
        .mapToLong(line -> Long.parseLong(line.substring("rchar: ".length())))
        .findFirst()
        .orElseThrow();
  }

  private RocksStore open() throws StoreException {
    return RocksStore.open(folder.resolve("data"));
  }

  private static void readOn(RocksStore store, CountDownLatch reading, AtomicBoolean wrong) {
    while (true) {
      try {
        if (Records.read(store).size() != 500) {
          wrong.set(true);
        }
      } catch (IOException closed) {
        return;
      }
      reading.countDown();
    }
  }

  private static void awaitRefusal(RocksStore store) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < deadline) {
      try {
        store.view().close();
      } catch (IOException refused) {
        return;
      }
    }
    throw new AssertionError("the store still gives views");
  }
}
