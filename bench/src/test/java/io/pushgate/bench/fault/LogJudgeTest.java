package io.pushgate.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogJudgeTest {
  @TempDir private Path folder;

  @Test
  void findsWhatAGatewayMustNeverSayBehindWhatItSaidBefore() throws IOException {
    Path log = folder.resolve("gateway.log");
    Files.writeString(
        log,
        """
        now [main] ERROR Before - an older one
        now [main] WARN Late - nothing to speak of
        java.lang.OutOfMemoryError: Java heap space
        """);

    assertThat(LogJudge.complaints(log, 1))
        .containsExactly("it logged: java.lang.OutOfMemoryError: Java heap space");
    assertThat(LogJudge.complaints(log, 0)).hasSize(2);
    assertThat(LogJudge.complaints(folder.resolve("none"), 0)).isEmpty();
  }
}
