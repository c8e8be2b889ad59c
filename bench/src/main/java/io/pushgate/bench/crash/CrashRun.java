package io.pushgate.bench.crash;

import io.pushgate.bench.crash.Violation.Promise;
import io.pushgate.bench.measure.Progress;
import io.pushgate.bench.server.GatewayProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Kills a gateway while it is pushed to, as often as asked, and proves in the end that nothing was
 * lost. The thread of the command.
 */
public final class CrashRun {
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 2;
  private static final long LINGER_MILLIS = 300;

  /** One start in so many is killed, too. */
  private static final int START_KILLS = 8;

  private final CrashPlan plan;
  private final Progress progress;
  private final CrashLedger ledger;
  private final Door door = new Door();
  private final Quota quota;
  private final Cast cast;
  private final SplittableRandom random;
  private final List<CrashResult.Round> rounds = new ArrayList<>();
  private int startKills;
  private long lastReadyMillis = 1_000;

  public CrashRun(CrashPlan plan, Progress progress) {
    this.plan = plan;
    this.progress = progress;
    ledger = new CrashLedger(plan.script());
    quota = new Quota(plan.window());
    cast = new Cast(ledger, door, quota, plan.seed());
    random = new SplittableRandom(plan.seed());
  }

  /** Runs all rounds, or as many as the gateway lets. */
  public CrashResult run() throws IOException, InterruptedException {
    cast.start();
    try {
      int counted = 0;
      for (int round = 1; counted < plan.rounds() && round <= 2 * plan.rounds(); round++) {
        ledger.violations().round(round);
        if (!round(round)) {
          return result();
        }
        counted += rounds.get(rounds.size() - 1).unanswered() >= plan.minUnanswered() ? 1 : 0;
      }
      settle();
    } finally {
      door.end();
      progress.end();
    }
    cast.close();
    return result();
  }

  /** One life of the gateway, from its launch to its death; false where it did not go so far. */
  private boolean round(int round) throws IOException, InterruptedException {
    if (round > 1 && random.nextInt(START_KILLS) == 0) {
      killWhileStarting();
    }
    try (GatewayProcess gateway = new GatewayProcess(plan.program(), plan.log())) {
      GatewayProcess.Ports ports = open(gateway);
      if (round == 1 && !await(gateway, cast::isReading)) {
        return silent(gateway, "not all readers were welcomed, pushes not answered");
      }
      long answeredBefore = cast.answered();
      long goal = answeredBefore + random.nextInt(plan.perRound() / 2 + 1);
      quota.allow(plan.perRound());
      if (!await(gateway, () -> isRipe(goal))) {
        return silent(gateway, "pushes were not answered");
      }
      quota.allow(0);
      int atKill = cast.unanswered();
      door.shut();
      gateway.kill();
      awaitGone();
      long acked = cast.answered() - answeredBefore;
      long millis = TimeUnit.NANOSECONDS.toMillis(ports.readyNanos());
      rounds.add(new CrashResult.Round(round, acked, atKill, cast.unanswered(), millis));
      tell(round);
      return true;
    }
  }

  /** Publishers who have sent all they might, and have all answers, may send as much again. */
  private boolean isRipe(long goal) {
    if (cast.answered() >= goal && cast.unanswered() >= 2 * plan.minUnanswered()) {
      return true;
    }
    if (quota.left() == 0) {
      quota.allow(plan.perRound());
    }
    return false;
  }

  private GatewayProcess.Ports open(GatewayProcess gateway)
      throws IOException, InterruptedException {
    GatewayProcess.Ports ports = gateway.awaitListening(START_PATIENCE);
    lastReadyMillis = TimeUnit.NANOSECONDS.toMillis(ports.readyNanos());
    door.open(ports);
    return ports;
  }

  private void killWhileStarting() throws IOException, InterruptedException {
    try (GatewayProcess gateway = new GatewayProcess(plan.program(), plan.log())) {
      TimeUnit.MILLISECONDS.sleep(random.nextLong(lastReadyMillis + 1));
      gateway.kill();
      startKills++;
    }
  }

  /** Waits for something, as long as anything moves. */
  private boolean await(GatewayProcess gateway, BooleanSupplier condition)
      throws InterruptedException {
    long moved = System.nanoTime();
    long before = -1;
    while (!condition.getAsBoolean()) {
      long now = cast.answered() + cast.arrived() + cast.receipts();
      if (now != before) {
        before = now;
        moved = System.nanoTime();
      }
      if (!gateway.isAlive() || System.nanoTime() - moved > plan.settle().toNanos()) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return true;
  }

  private boolean silent(GatewayProcess gateway, String what) throws InterruptedException {
    boolean alive = gateway.isAlive();
    door.shut();
    String detail =
        "%s, %,d of them, %s"
            .formatted(
                what, cast.unanswered(), alive ? "though it lived" : "and it ended by itself");
    ledger.violations().add(alive ? Promise.SILENT : Promise.ENDED, "gateway", "", detail);
    gateway.kill();
    return false;
  }

  /** Behind a kill: until all publishers have read their connections to the end. */
  private void awaitGone() throws InterruptedException {
    while (cast.isConnected()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /**
   * One life more, without a kill: everything that is owed comes, and comes once more from the
   * start.
   */
  private void settle() throws IOException, InterruptedException {
    ledger.violations().round(rounds.size() + 1);
    try (GatewayProcess gateway = new GatewayProcess(plan.program(), plan.log())) {
      open(gateway);
      progress.line("settling");
      if (!await(gateway, cast::isReading)) {
        silent(gateway, "not all readers were welcomed, pushes not answered");
        return;
      }
      quota.allow(plan.perRound());
      await(gateway, () -> quota.left() == 0 && cast.isSettled());
      cast.startReplays();
      await(gateway, cast::isSettled);
      TimeUnit.MILLISECONDS.sleep(LINGER_MILLIS);
      door.end();
      int exitCode = gateway.stop();
      if (exitCode != 0) {
        ledger.violations().add(Promise.ENDED, "gateway", "", "stopped with exit code " + exitCode);
      }
    }
  }

  private void tell(int round) {
    CrashResult.Round last = rounds.get(rounds.size() - 1);
    progress.line(
        "round %d: %,d acked, %,d unanswered at the kill, %,d for good, ready in %,d ms, %,d violations"
            .formatted(
                round,
                last.acked(),
                last.unansweredAtKill(),
                last.unanswered(),
                last.readyMillis(),
                ledger.violations().total()));
  }

  private CrashResult result() {
    List<String> told = new ArrayList<>();
    ledger
        .violations()
        .counts()
        .forEach((promise, count) -> told.add("%,d × %s".formatted(count, promise.words())));
    ledger.violations().first().forEach(violation -> told.add(violation.toString()));
    return new CrashResult(
        rounds,
        startKills,
        ledger.ackedCount(),
        cast.arrived(),
        cast.receipts(),
        ledger.violations().total(),
        told);
  }
}
