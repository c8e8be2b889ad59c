package io.pushgate.gateway.broker;

import io.pushgate.gateway.testing.BrokerSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was acked is delivered or its end is told, whatever happens: never lost, never twice. */
class LedgerTest extends BrokerContract {
  private static final int STEPS = 400;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyPushEndsOnceForEachOfItsUsers(long seed) {
    start(BrokerSettings.DEFAULTS.journalCount(8));
    RandomLedger ledger = new RandomLedger(this, seed);

    ledger.run(STEPS);

    ledger.settle();
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void everyPushEndsOnceThoughCommitsFailNowAndThen(long seed) {
    start(BrokerSettings.DEFAULTS.journalCount(8));
    RandomLedger ledger = new RandomLedger(this, seed).withFailures();

    ledger.run(STEPS);

    ledger.settle();
  }
}
