package io.pushgate.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A command that is interrupted leaves no gateway behind. */
class ChildrenTest {
  private static final long PATIENCE_SECONDS = 30;

  /** Starts a child, tells its pid, and stays. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      System.out.println(Children.start(new ProcessBuilder("sleep", "600")).pid());
      Thread.currentThread().join();
    }
  }

  @Test
  void whatAProcessStartedEndsWithItByASignal() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      long pid = Long.parseLong(parent.inputReader(StandardCharsets.UTF_8).readLine());
      ProcessHandle child = ProcessHandle.of(pid).orElseThrow();

      parent.destroy();

      assertThat(child.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS).isAlive()).isFalse();
    } finally {
      parent.destroyForcibly();
    }
  }
}
