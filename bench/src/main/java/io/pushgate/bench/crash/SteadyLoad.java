package io.pushgate.bench.crash;

import io.pushgate.bench.crash.Violation.Promise;
import io.pushgate.bench.measure.Latency;
import io.pushgate.bench.server.GatewayProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Publishers and readers at a steady rate beside something else, with the ledger of all that they
 * were promised. The thread of the command; its own paces the pushes.
 */
public final class SteadyLoad implements AutoCloseable {
  private static final long TICK_MILLIS = 10;
  private static final long POLL_MILLIS = 5;
  private static final long LINGER_MILLIS = 300;
  private static final int UNANSWERED = 5_000;

  private final CrashLedger ledger;
  private final Door door = new Door();
  private final Quota quota = new Quota(UNANSWERED);
  private final Cast cast;
  private final Thread pacer = new Thread(this::pace, "pacer");
  private volatile int perSecond;

  /**
   * Who there is. Immutable.
   *
   * @param users with two readers each
   * @param named how many of the publishers say a name, and want receipts
   * @param mayRefuse whether the gateway may answer that it is too busy
   */
  public record Plan(
      long seed, int users, int publishers, int named, int payloadBytes, boolean mayRefuse) {}

  public SteadyLoad(Plan plan) {
    String run = "s" + Long.toString(plan.seed() & 0xffffff, 36);
    Script script =
        new Script(
            run, plan.seed(), plan.users(), plan.publishers(), plan.named(), plan.payloadBytes());
    ledger = new CrashLedger(script, plan.mayRefuse());
    cast = new Cast(ledger, door, quota, plan.seed());
    pacer.setDaemon(true);
  }

  /** Connects everybody; false where not all were welcomed in time. */
  public boolean start(GatewayProcess.Ports ports, Duration patience) throws InterruptedException {
    cast.start();
    door.open(ports);
    boolean reading = await(cast::isReading, patience);
    pacer.start();
    return reading;
  }

  /** How many pushes a second become due from now on. */
  public void rate(int pushesPerSecond) {
    perSecond = pushesPerSecond;
  }

  private void pace() {
    Pace pace = new Pace(quota, ledger.delays(), System.nanoTime());
    try {
      while (!door.isOver()) {
        TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        pace.tick(System.nanoTime(), perSecond);
        cast.wake();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From now on connections may end, and whose does waits. */
  public void allowCuts() {
    door.shut();
  }

  /** Whoever waits comes back, and connections may not end any more. */
  public void comeBack(GatewayProcess.Ports ports) {
    door.open(ports);
  }

  /** Violations that follow belong to this part. */
  public void part(int number) {
    ledger.violations().round(number);
  }

  /** How long the pushes since the last call took to the sessions that were there. */
  public Latency takeLatency() {
    return ledger.delays().take();
  }

  /** What the gateway's clock showed when it took the push that came last. */
  public long gatewayMillis() {
    return ledger.delays().newestMillis();
  }

  public int acked() {
    return ledger.ackedCount();
  }

  public int refused() {
    return ledger.refusedCount();
  }

  /** What is due or sent, and not answered. */
  public int backlog() {
    return quota.left() + cast.unanswered();
  }

  public long arrived() {
    return cast.arrived();
  }

  public int violated() {
    return ledger.violations().total();
  }

  /** The first broken promises of each kind, in words, from this one on. */
  public List<String> violations(int from) {
    List<String> told = new ArrayList<>();
    ledger.violations().first().forEach(violation -> told.add(violation.toString()));
    return told.subList(Math.min(from, told.size()), told.size());
  }

  /** Sends what is due and no more until all that was acked has come; false where it does not. */
  public boolean catchUp(Duration patience) throws InterruptedException {
    int rate = perSecond;
    perSecond = 0;
    boolean settled = awaitMoving(() -> quota.left() == 0 && cast.isDelivered(), patience);
    perSecond = rate;
    return settled;
  }

  /**
   * Ends the load: everything that is owed comes, and where the journals hold all of it comes once
   * more from the start. Adds the books up.
   */
  public void finish(boolean replay, Duration patience) throws InterruptedException {
    perSecond = 0;
    boolean settled = awaitMoving(() -> quota.left() == 0 && cast.isSettled(), patience);
    if (replay) {
      cast.startReplays();
      settled &= awaitMoving(cast::isSettled, patience);
    }
    if (!settled) {
      String detail = "%,d pushes were not answered, or not delivered".formatted(cast.unanswered());
      ledger.violations().add(Promise.SILENT, "gateway", "", detail);
    }
    TimeUnit.MILLISECONDS.sleep(LINGER_MILLIS);
    door.end();
    pacer.join();
    cast.close();
  }

  private boolean awaitMoving(BooleanSupplier condition, Duration patience)
      throws InterruptedException {
    IntSupplier moving = () -> (int) (cast.answered() + cast.arrived() + cast.receipts());
    int before = moving.getAsInt();
    boolean met = await(condition, patience);
    while (!met && moving.getAsInt() != before) {
      before = moving.getAsInt();
      met = await(condition, patience);
    }
    return met;
  }

  private static boolean await(BooleanSupplier condition, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return true;
  }

  /** Everybody goes, whatever the books say. */
  @Override
  public void close() {
    door.end();
  }
}
