package io.pushgate.gateway.client.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import io.pushgate.gateway.client.witness.RefusalLog.Refusal;
import io.pushgate.gateway.client.witness.RefusalLog.Series;
import io.pushgate.gateway.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept of refusals for an operator, and what of them is told in the log. */
class RefusalLogTest {
  private final TestClock clock = new TestClock();
  private final List<String> lines = new ArrayList<>();
  private final RefusalLog log = new RefusalLog(clock, lines::add);

  @Test
  void countsTheRefusalsOfOneCauseAndPeerAndKeepsTheNewest() {
    long begin = clock.getAsLong();
    record(Cause.FOREIGN_ORIGIN, "/a", "127.0.0.1");
    record(Cause.BAD_USER, "/b", "127.0.0.1");
    clock.advance(Duration.ofMillis(5));
    record(Cause.FOREIGN_ORIGIN, "/c", "127.0.0.1");
    record(Cause.BAD_USER, "/d", "127.0.0.2");
    List<Series> all = log.newestFirst();
    assertThat(all).extracting(series -> series.newest().path()).containsExactly("/d", "/c", "/b");
    Series origin = all.get(1);
    assertThat(origin.count()).isEqualTo(2);
    assertThat(origin.firstTs()).isEqualTo(begin);
    assertThat(origin.lastTs()).isEqualTo(begin + 5);
  }

  @Test
  void tellsACauseAndPeerOnceAMinute() {
    record(Cause.BAD_USER, "/a", "127.0.0.1");
    record(Cause.BAD_USER, "/b", "127.0.0.1");
    assertThat(lines).hasSize(1);
    record(Cause.TOKEN, "/b", "127.0.0.1");
    record(Cause.BAD_USER, "/b", "127.0.0.2");
    assertThat(lines).hasSize(3);
    clock.advance(Duration.ofMinutes(1));
    record(Cause.BAD_USER, "/a", "127.0.0.1");
    assertThat(lines).hasSize(4).noneMatch(line -> line.contains("more refusals"));
  }

  @Test
  void tellsAHundredAMinuteAndTheRestAsOneLine() {
    for (int i = 0; i < 130; i++) {
      record(Cause.BAD_USER, "/", "10.0.0." + i);
      record(Cause.BAD_USER, "/again", "10.0.0." + i);
    }
    assertThat(lines).hasSize(100);
    clock.advance(Duration.ofMinutes(1));
    log.endMinute();
    assertThat(lines)
        .hasSize(101)
        .last()
        .isEqualTo("and 60 more refusals of other causes or proxies");
    clock.advance(Duration.ofMinutes(1));
    log.endMinute();
    assertThat(lines).hasSize(101);
  }

  @Test
  void tellsTheRestOfAMinuteBeforeTheFirstLineOfTheNext() {
    for (int i = 0; i < 101; i++) {
      record(Cause.BAD_USER, "/", "10.0.0." + i);
    }
    clock.advance(Duration.ofMinutes(1));
    record(Cause.BAD_USER, "/", "10.0.0.1");
    assertThat(lines).hasSize(102);
    assertThat(lines.get(100)).startsWith("and 1 more");
    assertThat(lines.get(101)).startsWith("refused ");
  }

  @Test
  void tellsTheCauseWhatArrivedAndTheMissingLinesAndQuotesWhatAPeerSent() {
    log.record(
        new Refusal(
            426,
            "upgrade_required",
            new Verdict(Cause.UPGRADE_DROPPED, Optional.of("a;\nb;")),
            "expected an upgrade",
            "/a",
            Map.of("host", "site\u001b[31m\nnext line" + "x".repeat(500)),
            NetUtil.LOCALHOST4,
            NetUtil.createInetAddressFromIpAddressString("10.0.0.9")));
    assertThat(lines.get(0))
        .startsWith(
            "refused 426 upgrade_required to 10.0.0.9 by way of 127.0.0.1: upgrade_dropped, a proxy")
        .contains("; expected an upgrade; arrived: host 'site\\u001b[31m\\u000anext linexxx")
        .endsWith("xxx...'; missing: a; b;")
        .hasSizeLessThan(600);
  }

  @Test
  void keepsTheNewest256() {
    for (int i = 0; i < 300; i++) {
      record(Cause.BAD_USER, "/" + i, "10.0.%d.%d".formatted(i / 250, i % 250));
    }
    assertThat(log.newestFirst()).hasSize(256);
    assertThat(log.newestFirst().get(0).newest().path()).isEqualTo("/299");
  }

  private void record(Cause cause, String path, String peer) {
    log.record(
        new Refusal(
            400,
            "code",
            Verdict.of(cause),
            "detail",
            path,
            Map.of(),
            NetUtil.createInetAddressFromIpAddressString(peer),
            NetUtil.LOCALHOST4));
  }
}
