package io.pushgate.gateway.client.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.session.Ending;
import io.pushgate.gateway.testing.TestClock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is made of connections that end without a word, by a clock that stands. */
class ProxiesTest {
  private static final String PROXY = "127.0.0.1";
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final TestClock clock = new TestClock();
  private final Metrics metrics = new Metrics();
  private final List<String> warnings = new ArrayList<>();
  private final Proxies proxies = new Proxies(clock::steadyNanos, metrics, warnings::add);

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void fiveCutsAfterTheSameSilenceNameTheHopTheTimeoutAndTheSetting() {
    cutOneByOne(60_000, 60_900, 60_300, 60_010);
    assertThat(warnings).isEmpty();
    cutOneByOne(60_999);
    assertThat(warnings)
        .containsExactly(
            "connections through 127.0.0.1 end after 60 s of silence: proxy_read_timeout;"
                + " set proxy_read_timeout 86400s; there, or --heartbeat below 30s here");
    assertThat(counted("silence")).isEqualTo(1);
    assertThat(counted("other")).isEqualTo(4);
  }

  @Test
  void fiveThatAreCutTogetherTellTheSame() {
    enter(50);
    cutAtOnce(5_000, 5_000, 5_400, 5_999, 5_000);
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("after 5 s of silence", "--heartbeat below 2500ms");
    assertThat(counted("silence")).isEqualTo(5);
  }

  @Test
  void aTimeoutIsWarnedOfOnceInTenMinutes() {
    cutOneByOne(60_000, 60_000, 60_000, 60_000, 60_000, 60_000, 60_000, 59_960, 60_000);
    assertThat(warnings).hasSize(1);
    clock.advance(Duration.ofMinutes(11));
    cutOneByOne(60_000, 60_000, 60_000, 60_000);
    assertThat(warnings).as("the older ones are forgotten").hasSize(1);
    cutOneByOne(60_000);
    assertThat(warnings).hasSize(2);
  }

  @Test
  void anotherProxysTimeoutIsWarnedOfByItself() {
    cutOneByOne(60_000, 60_000, 60_000, 60_000, 60_000);
    for (int i = 0; i < 5; i++) {
      proxies.enter(address("10.0.0.7")).cut(60_000);
      look();
    }
    assertThat(warnings).hasSize(2).last().asString().contains("through 10.0.0.7 end");
  }

  @Test
  void cutsAfterSilencesOfAllLengthsAreNoTimeout() {
    for (int i = 0; i < 200; i++) {
      cutOneByOne(2_000 + i * 7_919 % 9_000);
    }
    assertThat(warnings).isEmpty();
    assertThat(counted("other")).isEqualTo(200);
  }

  @Test
  void shortSilencesAreNoTimeoutAndHideNone() {
    cutOneByOne(1_000, 1_100, 1_200, 1_300, 1_400, 0, 0, 0, 0, 0, 0);
    assertThat(warnings).isEmpty();
    cutOneByOne(2_000, 1_990, 2_500, 2_300, 2_100);
    assertThat(warnings).singleElement().asString().contains("after 2 s of silence");
  }

  @Test
  void aTimerThatWasNotSetAnewEndsTooEarlyAndIsTheSameTimeout() {
    cutOneByOne(1_700, 1_993, 1_800, 2_600, 2_010);
    assertThat(warnings).singleElement().asString().contains("after 2 s of silence");
  }

  @Test
  void manyThatEndAtOnceAfterAnySilenceTellOfARestart() {
    enter(9);
    cutAtOnce(0, 700, 3_000, 9_000, 12_000, 12_100, 15_000, 19_000, 21_000, 24_000, 100, 200);
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("12 connections through 127.0.0.1 ended at once, 9 are left")
        .contains("restarted", "worker_shutdown_timeout");
    assertThat(counted("burst")).isEqualTo(12);
    cutAtOnce(0, 700, 3_000, 9_000, 12_000, 12_100, 15_000, 19_000, 21_000, 24_000, 100, 200);
    assertThat(warnings).as("a second one within ten minutes").hasSize(1);
  }

  @Test
  void aRestartBehindABroadcastIsTakenForNoTimeout() {
    cutAtOnce(7_000, 7_000, 7_000, 7_000, 7_000, 7_000, 7_000, 7_000, 400, 2_100, 5_000);
    assertThat(warnings).singleElement().asString().contains("restarted");
    cutOneByOne(7_000);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void manyThatEndAtOnceAfterOneSilenceTellOfATimeout() {
    cutAtOnce(2_000, 2_010, 2_000, 2_020, 2_000, 2_000, 2_000, 2_000, 2_000, 2_000, 2_000);
    assertThat(warnings).singleElement().asString().contains("after 2 s of silence");
  }

  @Test
  void aFewOfManyOrLessThanTenAreNoRestart() {
    enter(13);
    cutAtOnce(0, 1_100, 3_000, 9_000, 12_000, 14_100, 15_000, 19_000, 21_000, 24_000, 17_000, 200);
    assertThat(warnings).isEmpty();
    assertThat(counted("other")).isEqualTo(12);
    proxies.enter(address("10.0.0.7")).cut(0);
    assertThat(warnings).isEmpty();
  }

  @Test
  void whatIsClosedCountsAsNothing() {
    for (Ending ending : enter(20)) {
      ending.closed();
    }
    look();
    assertThat(warnings).isEmpty();
    assertThat(counted("silence") + counted("burst") + counted("other")).isZero();
  }

  @Test
  void aLookThatComesMuchTooLateSeesWhatEndedSinceTheLast() {
    enter(1).get(0).cut(3_000);
    clock.advance(Duration.ofHours(1));
    proxies.judge();
    assertThat(counted("other")).isEqualTo(1);
  }

  @Test
  void aHundredProxiesAreWatchedAndTheUnusedMakeRoom() {
    List<Ending> held = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      held.add(proxies.enter(address("10.0.0." + i)));
    }
    assertThat(proxies.enter(address("10.0.1.1"))).isSameAs(Ending.UNHEARD);
    assertThat(metrics.scrape()).contains("pushgate_limit_hits_total{limit=\"proxies\"} 1.0");
    held.get(3).closed();
    assertThat(proxies.enter(address("10.0.1.1"))).isNotSameAs(Ending.UNHEARD);
    assertThat(proxies.enter(address("10.0.0.5"))).isSameAs(held.get(5));
  }

  private List<Ending> enter(int sessions) {
    List<Ending> entered = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      entered.add(proxies.enter(address(PROXY)));
    }
    return entered;
  }

  private void cutOneByOne(int... silences) {
    for (int silence : silences) {
      proxies.enter(address(PROXY)).cut(silence);
      look();
    }
  }

  private void cutAtOnce(int... silences) {
    List<Ending> entered = enter(silences.length);
    for (int i = 0; i < silences.length; i++) {
      entered.get(i).cut(silences[i]);
    }
    proxies.judge();
    assertThat(warnings).as("more may come").hasSizeLessThan(2);
    look();
  }

  private void look() {
    clock.advance(LOOK);
    proxies.judge();
  }

  private int counted(String kind) {
    String line = "pushgate_cuts_total{kind=\"%s\"} ".formatted(kind);
    String scrape = metrics.scrape();
    int from = scrape.indexOf(line) + line.length();
    return (int) Double.parseDouble(scrape.substring(from, scrape.indexOf('\n', from)));
  }

  private static InetAddress address(String text) {
    return NetUtil.createInetAddressFromIpAddressString(text);
  }
}
