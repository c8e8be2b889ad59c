package io.pushgate.protocol.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class behind which Netty found a buffer that was collected and never released.
 * Registered for every test by service loader; reports arrive on any thread.
 */
public final class LeakWatch implements AfterAllCallback {
  private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();
  private static final long COLLECTION_DEADLINE_MILLIS = TimeUnit.SECONDS.toMillis(10);

  static {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new RecordingFactory());
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    boolean nested = context.getRequiredTestClass().getEnclosingClass() != null;
    if (nested) {
      return;
    }
    List<String> leaks = collect();
    if (!leaks.isEmpty()) {
      throw new AssertionError(
          leaks.size() + " leaked, found behind this class: " + String.join("\n", leaks));
    }
  }

  /** Runs the collector, and takes what the detector has to say about what it found. */
  static List<String> collect() throws InterruptedException {
    // A finding is told when the next buffer is tracked after the collection that made it.
    collectGarbage();
    track();
    collectGarbage();
    track();
    List<String> leaks = new ArrayList<>();
    for (String leak = REPORTS.poll(); leak != null; leak = REPORTS.poll()) {
      leaks.add(leak);
    }
    return leaks;
  }

  private static void collectGarbage() throws InterruptedException {
    ReferenceQueue<Object> collected = new ReferenceQueue<>();
    WeakReference<Object> canary = new WeakReference<>(new Object(), collected);
    System.gc();
    if (collected.remove(COLLECTION_DEADLINE_MILLIS) != canary) {
      throw new AssertionError("the collector did not run, so leaks cannot be told");
    }
  }

  private static void track() {
    ByteBuf tracked = UnpooledByteBufAllocator.DEFAULT.directBuffer(1);
    tracked.release();
  }

  private static String withoutRunnerFrames(String records) {
    return records
        .lines()
        .filter(line -> !line.contains("org.junit.") && !line.contains("org.apache.maven."))
        .collect(Collectors.joining("\n"));
  }

  private static final class RecordingFactory extends ResourceLeakDetectorFactory {
    @Override
    @SuppressWarnings("deprecation")
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval, long maxActive) {
      return new Recorder<>(resource, samplingInterval);
    }
  }

  private static final class Recorder<T> extends ResourceLeakDetector<T> {
    @SuppressWarnings("deprecation")
    Recorder(Class<T> resource, int samplingInterval) {
      super(resource, samplingInterval);
    }

    @Override
    protected boolean needReport() {
      return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
      REPORTS.add(resourceType + withoutRunnerFrames(records));
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
      REPORTS.add(resourceType);
    }
  }
}
