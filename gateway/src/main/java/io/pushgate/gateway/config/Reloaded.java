package io.pushgate.gateway.config;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is made of one or more files, as they are now: a thread looks at them every second, and
 * files that cannot be used leave what was made before. <em>Any thread.</em>
 *
 * @param <T> immutable
 */
public final class Reloaded<T> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reloaded.class);
  private static final long LOOK_MILLIS = 1_000;

  private final String name;
  private final List<OptionFile> files;
  private final Function<List<byte[]>, T> parse;
  private final Runnable unusable;
  private final ScheduledExecutorService looking;

  private List<byte[]> read;
  private String trouble = "";
  private volatile T value;

  private Reloaded(
      String name, List<OptionFile> files, Function<List<byte[]>, T> parse, Runnable unusable) {
    this.name = name;
    this.files = List.copyOf(files);
    this.parse = parse;
    this.unusable = unusable;
    this.read = files.stream().map(OptionFile::read).toList();
    this.value = parse.apply(read);
    this.looking =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, name.replace(' ', '-'));
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Reads the files and begins to look after them.
   *
   * @param name of what it is, for threads and logs
   * @param parse throws an {@link IllegalArgumentException} for what cannot be used
   * @param unusable runs each time that changed files cannot be used
   * @throws IllegalArgumentException names the file and what is wrong with it
   */
  public static <T> Reloaded<T> open(
      String name, List<OptionFile> files, Function<List<byte[]>, T> parse, Runnable unusable) {
    Reloaded<T> reloaded = new Reloaded<>(name, files, parse, unusable);
    reloaded.looking.scheduleWithFixedDelay(
        reloaded::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return reloaded;
  }

  /** What was made of the files when they last could be used. */
  public T value() {
    return value;
  }

  /** Reads the files again where they changed. */
  public synchronized void look() {
    try {
      List<byte[]> now = files.stream().map(OptionFile::read).toList();
      if (!isRead(now)) {
        value = parse.apply(now);
        read = now;
        log.info("{} read again from {}", name, files);
      }
      trouble = "";
    } catch (IllegalArgumentException e) {
      stay(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      // What was thrown on would end the looking for good. Its message may hold what no log is for.
      stay("%s cannot be used: %s".formatted(files, e.getClass().getName()));
    }
  }

  private boolean isRead(List<byte[]> now) {
    for (int i = 0; i < now.size(); i++) {
      if (!Arrays.equals(now.get(i), read.get(i))) {
        return false;
      }
    }
    return true;
  }

  private void stay(String words) {
    unusable.run();
    if (!words.equals(trouble)) {
      trouble = words;
      log.warn("{} stay as they were, since {}", name, words);
    }
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
