package io.pushgate.gateway.broker.disk;

import io.pushgate.gateway.testing.Finished;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file system of a few MiB, in memory, that is there until this is closed. */
final class SmallDisk implements AutoCloseable {
  private static final int PAGE = 4096;

  private final Path place;

  private SmallDisk(Path place) {
    this.place = place;
  }

  static SmallDisk mount(Path place, int mib) throws IOException {
    Files.createDirectories(place);
    run("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "pushgate-test", place.toString());
    return new SmallDisk(place);
  }

  /** Takes the room that is left, and returns how much that was. */
  long fill() throws IOException {
    long taken = 0;
    try (FileChannel filler =
        FileChannel.open(
            place.resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        taken += filler.write(ByteBuffer.allocate(PAGE));
      }
    } catch (IOException full) {
      // Others may give room back a moment later, so how much is free tells nothing.
      if (!String.valueOf(full.getMessage()).contains("No space left")) {
        throw full;
      }
    }
    return taken;
  }

  void resize(int mib) {
    run("mount", "-o", "remount,size=" + mib + "m", place.toString());
  }

  Path path() {
    return place;
  }

  @Override
  public void close() {
    run("umount", place.toString());
  }

  private static void run(String... command) {
    Finished finished = Finished.run(command);
    if (finished.exitCode() != 0) {
      throw new AssertionError(
          "a disk that fills up needs mount, and so root with CAP_SYS_ADMIN: "
              + String.join(" ", command)
              + ": "
              + finished.output());
    }
  }
}
