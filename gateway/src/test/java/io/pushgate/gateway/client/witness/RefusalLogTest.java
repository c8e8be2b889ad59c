package io.pushgate.gateway.client.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import io.pushgate.gateway.client.witness.RefusalLog.Cause;
import io.pushgate.gateway.client.witness.RefusalLog.Refusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept of refusals for an operator. */
class RefusalLogTest {
  private long millis = 1_000_000;
  private final RefusalLog log = new RefusalLog(() -> millis);

  @Test
  void countsTheRefusalsOfOneCauseAndKeepsTheNewest() {
    log.record(refusal("forbidden_origin", "/a", "127.0.0.1"));
    log.record(refusal("bad_user", "/b", "127.0.0.1"));
    millis += 5;
    log.record(refusal("forbidden_origin", "/c", "127.0.0.1"));
    log.record(refusal("bad_user", "/d", "127.0.0.2"));
    List<Cause> causes = log.newestFirst();
    assertThat(causes).extracting(cause -> cause.newest().path()).containsExactly("/d", "/c", "/b");
    Cause origin = causes.get(1);
    assertThat(origin.count()).isEqualTo(2);
    assertThat(origin.firstTs()).isEqualTo(1_000_000);
    assertThat(origin.lastTs()).isEqualTo(1_000_005);
  }

  @Test
  void logsOneLineForACauseAndPeerAndMinute() {
    assertThat(log.record(refusal("bad_user", "/a", "127.0.0.1"))).isTrue();
    assertThat(log.record(refusal("bad_user", "/b", "127.0.0.1"))).isFalse();
    assertThat(log.record(refusal("bad_cursor", "/b", "127.0.0.1"))).isTrue();
    assertThat(log.record(refusal("bad_user", "/b", "127.0.0.2"))).isTrue();
    millis += 60_000;
    assertThat(log.record(refusal("bad_user", "/a", "127.0.0.1"))).isTrue();
  }

  @Test
  void logsSixtyLinesAMinuteOfAll() {
    int logged = 0;
    for (int i = 0; i < 200; i++) {
      logged += log.record(refusal("bad_user", "/", "10.0.0." + i)) ? 1 : 0;
    }
    assertThat(logged).isEqualTo(60);
  }

  @Test
  void keepsTheNewest256Causes() {
    for (int i = 0; i < 300; i++) {
      log.record(refusal("bad_user", "/" + i, "10.0.%d.%d".formatted(i / 250, i % 250)));
    }
    assertThat(log.newestFirst()).hasSize(256);
    assertThat(log.newestFirst().get(0).newest().path()).isEqualTo("/299");
  }

  private static Refusal refusal(String code, String path, String peer) {
    return new Refusal(
        400,
        code,
        "detail",
        Optional.empty(),
        path,
        NetUtil.createInetAddressFromIpAddressString(peer),
        NetUtil.LOCALHOST4);
  }
}
