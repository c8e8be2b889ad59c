package io.pushgate.gateway.broker.local;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps keys and values, the keys in the order of their unsigned bytes. Written by the lane alone;
 * read by any thread.
 */
public interface Store extends AutoCloseable {

  /** What is written together, or not at all. <em>Its caller only.</em> */
  interface Batch {

    void put(byte[] key, byte[] value);

    /** Takes a key out, if it is there. */
    void delete(byte[] key);

    /** Empties it: nothing of it is written. */
    void clear();
  }

  /** What a store holds at one moment, whatever is written meanwhile. <em>Its caller only.</em> */
  interface View extends AutoCloseable {

    byte @Nullable [] get(byte[] key) throws IOException;

    /** Goes through the keys from {@code from} up to, but not with, {@code to}, in their order. */
    Walk walk(byte[] from, byte[] to) throws IOException;

    @Override
    void close();
  }

  /** Stands on one key at a time. */
  interface Walk extends AutoCloseable {

    /** Goes to the next key, the first at first; false where there is none. */
    boolean next() throws IOException;

    byte[] key();

    byte[] value();

    @Override
    void close();
  }

  /** A batch to fill, which the next {@link #write} takes; one at a time. */
  Batch batch();

  /**
   * Writes what the batch holds and empties it. When it returns, what was written survives the
   * process; with {@code sync} the machine too, together with all that was written before. The
   * batch is empty also where this fails, and it is open then whether it was written: a later
   * {@link #view} tells.
   */
  void write(Batch batch, boolean sync) throws IOException;

  /** What is written under this key, null for nothing. */
  byte @Nullable [] get(byte[] key) throws IOException;

  /** Puts on stable storage what was written before. <em>Any thread.</em> */
  void sync() throws IOException;

  /** <em>Any thread</em>, until the store is closed. */
  View view() throws IOException;

  /** Bytes that the store takes, in memory or on disk. <em>Any thread.</em> */
  long size();

  /**
   * Gives back the room of what was taken out, as far as that is not done by itself. May take
   * minutes. <em>Any thread</em> that may wait.
   */
  void compact() throws IOException;

  /**
   * Why the store takes nothing, for people; null where it takes all. <em>Any thread.</em> A store
   * that failed tries by itself to come back.
   */
  @Nullable String trouble();

  /**
   * Copies the store as it stands into a directory that does not exist. <em>Any thread.</em>
   *
   * @param changed written into the copy on top of it
   * @throws UnsupportedOperationException where there is nothing to copy
   */
  void copyTo(Path directory, Change changed) throws IOException;

  /** What is written into a copy. */
  interface Change {
    void write(Batch batch);
  }

  @Override
  void close();
}
