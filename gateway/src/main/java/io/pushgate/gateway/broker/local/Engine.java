package io.pushgate.gateway.broker.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What a broker runs on.
 *
 * @param readers where the store is read for others than the lane; the lane itself, where reading
 *     never waits
 * @param room the option that bounds the store, as it is called
 * @param roomBytes past which pushes are refused
 * @param backups where copies of the store go; null where there is nothing to copy
 */
public record Engine(
    Store store, Lane lane, Workers readers, String room, long roomBytes, @Nullable Path backups) {

  /** Something to read from the store. */
  interface Reading<T> {
    T read() throws IOException;
  }

  /** Reads where reading may wait. */
  <T> CompletableFuture<T> read(Reading<T> reading) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      readers.execute(
          () -> {
            try {
              answer.complete(reading.read());
            } catch (IOException | RuntimeException e) {
              answer.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  boolean isFull() {
    return store.size() >= roomBytes;
  }
}
