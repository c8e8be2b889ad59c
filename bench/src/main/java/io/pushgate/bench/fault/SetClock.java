package io.pushgate.bench.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A clock that jumps: the gateway's time of day is that of libfaketime, which reads by how much it
 * is off from a file; the clock that measures spans stays, as on a machine whose time is set.
 *
 * <p>The thread of the command.
 */
final class SetClock implements Deed {
  private static final List<Path> LIBRARIES =
      Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
          .map(name -> Path.of("/usr/lib", name, "faketime", "libfaketimeMT.so.1"))
          .toList();

  /** Less than the bounds of age, which a clock that jumps past them would rightly enforce. */
  private static final List<String> JUMPS = List.of("+3600", "-3600", "+0");

  private static final Duration BETWEEN = Duration.ofSeconds(3);

  /** What starts a gateway whose clock this sets. */
  static List<String> launcher(Path folder) throws CannotRun {
    Path library =
        LIBRARIES.stream()
            .filter(Files::isReadable)
            .findFirst()
            .orElseThrow(
                () ->
                    new CannotRun("needs libfaketime; on Debian: apt-get install -y libfaketime"));
    set(folder, "+0");
    return List.of(
        Tools.find("env", "coreutils").toString(),
        "LD_PRELOAD=" + library,
        "FAKETIME_TIMESTAMP_FILE=" + file(folder),
        "FAKETIME_CACHE_DURATION=1",
        "FAKETIME_DONT_FAKE_MONOTONIC=1",
        // Its mending of pthread_cond_timedwait makes the timed waits of a JVM last for ever.
        "FAKETIME_FORCE_MONOTONIC_FIX=0");
  }

  private static Path file(Path folder) {
    return folder.resolve("clock");
  }

  private static void set(Path folder, String offset) {
    try {
      Path next = folder.resolve("clock.next");
      Files.writeString(next, offset + "\n");
      Files.move(next, file(folder), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Ongoing begin(Scene scene) throws InterruptedException {
    double before = offsetSeconds(scene);
    double farthest = 0;
    for (String jump : JUMPS) {
      set(scene.folder(), jump);
      TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
      farthest = Math.max(farthest, Math.abs(offsetSeconds(scene) - before));
    }
    return new Set(farthest);
  }

  /** By how much the gateway's clock is ahead of that of this process. */
  private static double offsetSeconds(Scene scene) {
    return (scene.load().gatewayMillis() - System.currentTimeMillis()) / 1e3;
  }

  /** All jumps are done. Immutable. */
  private record Set(double farthest) implements Ongoing {
    @Override
    public int peers() {
      return 0;
    }

    @Override
    public List<String> complaints() {
      return farthest > 3_000
          ? List.of()
          : List.of("the clock did not jump, but by %,.0f s".formatted(farthest));
    }

    @Override
    public void close() {
      // It stands as it stood before.
    }
  }
}
