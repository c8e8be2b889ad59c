package io.pushgate.gateway.broker;

import io.pushgate.gateway.testing.BrokerRun.End;
import io.pushgate.gateway.testing.BrokerSettings;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger of a broker whose process ends again and again. */
class RestartLedgerTest extends KeptBrokerContract {
  private static final int ROUNDS = 8;
  private static final int STEPS = 60;

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void everyPushEndsOnceThoughTheProcessIsStoppedAndKilled(long seed) {
    start(BrokerSettings.DEFAULTS.journalCount(8));
    Random random = new Random(seed);
    RandomLedger ledger = new RandomLedger(this, seed).withFailures();

    for (int round = 0; round < ROUNDS; round++) {
      ledger.run(STEPS);
      ledger.restart(random.nextBoolean() ? End.CLOSED : End.KILLED);
    }

    ledger.settle();
  }
}
