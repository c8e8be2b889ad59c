package io.pushgate.gateway.broker.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What is known to be on stable storage, kept beside the engine in the text file {@code synced}. A
 * store that opens with less is damaged, however whole it looks: an engine's log that ends early
 * looks just like one whose end was never written. Immutable.
 *
 * @param batch the number of the last one then
 * @param wal the newest file of the log then
 * @param manifest the file that lists the tables, of which so many bytes stood then
 */
record SyncedMark(long batch, String wal, String manifest, long length, long checksum) {
  private static final Pattern TEXT =
      Pattern.compile(
          """
          batch ([0-9]{1,18})
          wal ([0-9]{6,20}\\.log)
          manifest (MANIFEST-[0-9]{6,20}) ([0-9]{1,18}) ([0-9a-f]{8})
          checksum ([0-9a-f]{8})
          """);

  private static final int TEXT_MAX = 1_024;
  private static final int CHUNK = 64 << 10;

  static SyncedMark read(Path file) throws StoreException {
    try {
      String text =
          Files.size(file) > TEXT_MAX ? "" : Files.readString(file, StandardCharsets.ISO_8859_1);
      Matcher matcher = TEXT.matcher(text);
      if (matcher.matches()) {
        SyncedMark mark =
            new SyncedMark(
                Long.parseLong(matcher.group(1)),
                matcher.group(2),
                matcher.group(3),
                Long.parseLong(matcher.group(4)),
                Long.parseLong(matcher.group(5), 16));
        if (mark.text().equals(text)) {
          return mark;
        }
      }
      throw new DamagedStoreException(file, "is not what was written");
    } catch (NoSuchFileException e) {
      throw new DamagedStoreException(file, "is missing", e);
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new StoreException(file + " cannot be read: " + e, e);
    }
  }

  /** What the file holds; its last line is the checksum of those before. */
  String text() {
    String facts =
        String.format(
            Locale.ROOT,
            "batch %d\nwal %s\nmanifest %s %d %08x\n",
            batch,
            wal,
            manifest,
            length,
            checksum);
    CRC32 own = new CRC32();
    own.update(facts.getBytes(StandardCharsets.ISO_8859_1));
    return facts + String.format(Locale.ROOT, "checksum %08x\n", own.getValue());
  }

  /** The checksum of a file's first bytes; -1 where it has fewer. */
  static long checksum(Path file, long length) throws IOException {
    CRC32 checksum = new CRC32();
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() < length) {
        return -1;
      }
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      for (long left = length; left > 0; left -= chunk.position()) {
        chunk.clear().limit((int) Math.min(CHUNK, left));
        if (channel.read(chunk) < 0) {
          return -1;
        }
        checksum.update(chunk.array(), 0, chunk.position());
      }
    }
    return checksum.getValue();
  }
}
