package io.pushgate.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
  private static final String STAT =
      "77 (a) b (c) S 1 77 77 0 -1 4194560 9 0 0 0 1234 66 5 7 20 0 30 0 100 9 9\n";

  @TempDir private Path proc;

  @Test
  void addsUserAndSystemTimeWhateverTheNameHolds() throws IOException {
    Files.writeString(proc.resolve("stat"), STAT);
    Files.writeString(proc.resolve("smaps_rollup"), "1-2 ---p 0 0 0 [rollup]\nRss:    1000 kB\n");

    ServerProcess server = new ServerProcess(77, proc);

    assertThat(server.cpuNanos()).isEqualTo(13_000_000_000L);
    assertThat(server.residentBytes()).isEqualTo(1_024_000);
  }

  @Test
  void readsStatmWhereTheExactFigureIsNotToBeHad() throws IOException {
    Files.writeString(proc.resolve("stat"), STAT);
    Files.writeString(proc.resolve("statm"), "900 250 30 1 0 80 0\n");

    assertThat(new ServerProcess(77, proc).residentBytes()).isEqualTo(250 * 4096);
  }

  @Test
  void namesTheProcessThatIsNotThere() {
    assertThatThrownBy(() -> new ServerProcess(77, proc.resolve("none")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("process 77");
  }

  @Test
  void measuresThisProcess() throws IOException {
    ServerProcess self = new ServerProcess(ProcessHandle.current().pid());

    assertThat(self.cpuNanos()).isPositive();
    assertThat(self.residentBytes()).isGreaterThan(10 << 20);
  }
}
