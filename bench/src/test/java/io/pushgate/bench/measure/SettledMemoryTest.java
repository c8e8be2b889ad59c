package io.pushgate.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettledMemoryTest {
  @TempDir private Path proc;

  @BeforeEach
  void writeProcess() throws IOException {
    Files.writeString(
        proc.resolve("stat"), "7 (a) S 1 7 7 0 -1 0 9 0 0 0 12 6 5 7 20 0 3 0 1 9 9\n");
    resident(1000);
  }

  private void resident(int pages) throws IOException {
    Path next = Files.writeString(proc.resolve("next"), "900 %d 30 1 0 80 0\n".formatted(pages));
    Files.move(
        next,
        proc.resolve("statm"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void isReadOnceItStandsStill() throws IOException, InterruptedException {
    SettledMemory memory = SettledMemory.await(new ServerProcess(7, proc), 60_000);

    assertThat(memory.settled()).isTrue();
    assertThat(memory.bytes()).isEqualTo(1000 * 4096);
  }

  @Test
  void isToldAsAGuessWhereItNeverStandsStill() throws IOException, InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    Thread growing =
        new Thread(
            () -> {
              int pages = 1000;
              try {
                while (!done.await(50, TimeUnit.MILLISECONDS)) {
                  pages += 1000;
                  resident(pages);
                }
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    growing.start();

    SettledMemory memory = SettledMemory.await(new ServerProcess(7, proc), 3_000);
    done.countDown();
    growing.join();

    assertThat(memory.settled()).isFalse();
    assertThat(memory.waitedMillis()).isGreaterThanOrEqualTo(3_000);
  }
}
