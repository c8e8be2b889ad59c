package io.pushgate.gateway.broker.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes batches until it is killed or has written enough, and says in a file, a line of ten digits
 * each, what is safe: all that was written ({@code plain}), or all that was synced, which is each
 * batch ({@code always}) or every hundredth ({@code interval}). Arguments: data directory, file,
 * mode, entries, bytes of an entry, bytes of the engine's write buffer.
 */
final class WriterProgram {
  static final int LINE = 11;
  private static final int BATCHES_PER_SYNC = 100;

  private WriterProgram() {}

  public static void main(String[] args) throws IOException {
    String mode = args[2];
    long entries = Long.parseLong(args[3]);
    int length = Integer.parseInt(args[4]);
    try (RocksStore store = RocksStore.open(Path.of(args[0]), Long.parseLong(args[5]));
        FileChannel said =
            FileChannel.open(
                Path.of(args[1]), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      long end = Batches.read(store);
      System.out.println("begins at " + end);
      for (int count = 1; end < entries; count++) {
        end = Batches.write(store, end, length, mode.equals("always"));
        boolean syncs = mode.equals("interval") && count % BATCHES_PER_SYNC == 0;
        if (syncs) {
          store.sync();
        }
        if (syncs || !mode.equals("interval")) {
          said.write(line(end));
        }
      }
    }
    System.out.println("done");
  }

  private static ByteBuffer line(long end) {
    return ByteBuffer.wrap("%010d\n".formatted(end).getBytes(StandardCharsets.US_ASCII));
  }

  /** The last whole line of such a file. */
  static long lastSaid(String text) {
    int end = text.length() / LINE * LINE;
    return end == 0 ? 0 : Long.parseLong(text.substring(end - LINE, end - 1));
  }
}
