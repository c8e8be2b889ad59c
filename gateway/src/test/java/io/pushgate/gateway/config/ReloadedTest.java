package io.pushgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of files goes with them, whatever stands in them meanwhile. */
class ReloadedTest {
  @TempDir Path folder;

  @Test
  void aFaultOfWhoeverReadsThemDoesNotEndTheLooking() throws IOException {
    Path file = Files.writeString(folder.resolve("keys"), "first");
    AtomicInteger unusable = new AtomicInteger();
    try (Reloaded<String> reloaded =
        Reloaded.open(
            "keys",
            List.of(new OptionFile("keys", file)),
            ReloadedTest::text,
            unusable::incrementAndGet)) {
      Files.writeString(file, "broken");
      Waiting.until("it is told", () -> unusable.get() > 0);
      assertThat(reloaded.value()).isEqualTo("first");

      Files.writeString(file, "second");
      Waiting.until("it is read again", () -> reloaded.value().equals("second"));
    }
  }

  private static String text(List<byte[]> contents) {
    String text = new String(contents.get(0), StandardCharsets.UTF_8);
    if (text.equals("broken")) {
      throw new ClassCastException("not of this kind");
    }
    return text;
  }
}
