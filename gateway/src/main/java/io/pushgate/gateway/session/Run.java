package io.pushgate.gateway.session;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.pushgate.gateway.broker.Cursors;
import io.pushgate.gateway.broker.Entry;
import io.pushgate.gateway.websocket.Frames;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.JsonText;
import io.pushgate.protocol.client.ServerFrames;
import java.util.Arrays;

/**
 * Frames of one journal, end to end in one range of bytes, so that any number of them is one write.
 * <em>Event loop only.</em>
 */
public final class Run {
  private static final int FIRST_FRAMES = 64;

  /** Room for the header that most frames have: those of 126 to 65,535 bytes. */
  private static final int USUAL_HEADER = 4;

  private final ByteBuf bytes;
  private Feed feed = Feed.USER;
  private long previous;
  private long[] offsets = new long[FIRST_FRAMES];
  private long[] predecessors = new long[FIRST_FRAMES];
  private boolean[] recalls = new boolean[FIRST_FRAMES];
  private int[] ends = new int[FIRST_FRAMES];
  private int count;
  private boolean whole = true;
  private byte[] cursor = new byte[0];

  /** Owns the buffer from now on. */
  public Run(ByteBuf bytes) {
    this.bytes = bytes;
  }

  /**
   * Empties the run for frames of another journal or place.
   *
   * @param previous the offset before the first frame: a reader that stands before it missed some
   */
  public void reset(Feed feed, long previous) {
    this.feed = feed;
    this.previous = previous;
    count = 0;
    whole = true;
    bytes.clear();
  }

  /**
   * Appends an entry's WebSocket frame; the prefix is its journal's, from {@link Cursors}. Where no
   * buffer can be had for it, the run is as it was.
   */
  public void append(Entry entry, byte[] cursorPrefix) {
    int start = bytes.writerIndex();
    try {
      frame(entry, cursorPrefix, start);
    } catch (OutOfMemoryError noBuffer) {
      bytes.writerIndex(start);
      throw noBuffer;
    }
    whole &= count == 0 || entry.previous() == newest();
    end(entry.offset(), entry.previous(), entry.kind() == Entry.Kind.RECALL);
  }

  private void frame(Entry entry, byte[] cursorPrefix, int start) {
    bytes.ensureWritable(USUAL_HEADER).writerIndex(start + USUAL_HEADER);
    AsciiString place = cursorText(cursorPrefix, entry.offset());
    byte[] id = JsonText.quote(entry.id());
    if (entry.kind() == Entry.Kind.RECALL) {
      ServerFrames.recall(bytes, place, id);
    } else {
      byte[] type = entry.type() == null ? null : JsonText.quote(entry.type());
      ServerFrames.notification(bytes, place, id, type, entry.timestampMillis(), entry.data());
    }
    putHeader(start, bytes.writerIndex() - start - USUAL_HEADER);
  }

  private AsciiString cursorText(byte[] prefix, long offset) {
    if (cursor.length != prefix.length + Cursors.MAX_OFFSET_LENGTH) {
      cursor = new byte[prefix.length + Cursors.MAX_OFFSET_LENGTH];
    }
    System.arraycopy(prefix, 0, cursor, 0, prefix.length);
    int length = prefix.length + Cursors.writeOffset(offset, cursor, prefix.length);
    return new AsciiString(cursor, 0, length, false);
  }

  /** Puts the header before a payload that was written behind {@value #USUAL_HEADER} free bytes. */
  private void putHeader(int start, int length) {
    int shift = Frames.headerLength(length) - USUAL_HEADER;
    if (shift > 0) {
      bytes.ensureWritable(shift);
    }
    if (shift != 0) {
      byte[] payload = new byte[length];
      bytes.getBytes(start + USUAL_HEADER, payload);
      bytes.setBytes(start + USUAL_HEADER + shift, payload);
    }
    bytes.writerIndex(start);
    Frames.writeHeader(bytes, Frames.TEXT, length);
    bytes.writerIndex(bytes.writerIndex() + length);
  }

  /** Ends a frame whose bytes were appended to {@link #bytes()}. */
  void end(long offset, long predecessor, boolean recall) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * count);
      predecessors = Arrays.copyOf(predecessors, 2 * count);
      recalls = Arrays.copyOf(recalls, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    offsets[count] = offset;
    predecessors[count] = predecessor;
    recalls[count] = recall;
    ends[count++] = bytes.writerIndex();
  }

  ByteBuf bytes() {
    return bytes;
  }

  public int length() {
    return bytes.writerIndex();
  }

  public Feed feed() {
    return feed;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  /** The offset before the first frame. */
  long previous() {
    return previous;
  }

  /** The offset of the last frame, or the one before the first where there is none. */
  public long newest() {
    return count == 0 ? previous : offsets[count - 1];
  }

  long offset(int frame) {
    return offsets[frame];
  }

  /** The offset of the entry that the journal got before this frame's, 0 for none. */
  long predecessor(int frame) {
    return predecessors[frame];
  }

  /** Each frame's entry follows on the frame's before it: nothing of the journal lies between. */
  boolean whole() {
    return whole;
  }

  /** The frame takes a notification back. */
  boolean recall(int frame) {
    return recalls[frame];
  }

  int start(int frame) {
    return frame == 0 ? 0 : ends[frame - 1];
  }

  int end(int frame) {
    return ends[frame];
  }

  /** Where the JSON of a frame begins. */
  int payloadStart(int frame) {
    int start = start(frame);
    int second = bytes.getByte(start + 1);
    return start + (second < 126 ? 2 : second == 126 ? 4 : 10);
  }

  /**
   * The first frame behind an offset, or {@link #count()}. Looked for from the end, since nearly
   * every reader stands just before the last few.
   */
  int firstAfter(long offset) {
    int frame = count;
    while (frame > 0 && offsets[frame - 1] > offset) {
      frame--;
    }
    return frame;
  }

  /** How many of the frames from {@code from} begin before this index in the bytes. */
  int begunBefore(int index, int from, int to) {
    int frame = from;
    while (frame < to && start(frame) < index) {
      frame++;
    }
    return frame - from;
  }

  public void release() {
    bytes.release();
  }
}
