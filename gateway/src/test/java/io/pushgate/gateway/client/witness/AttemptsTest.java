package io.pushgate.gateway.client.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.client.witness.Attempts.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a page learns of its handshake, and for how long. */
class AttemptsTest {
  private static final String PATH = "/api/v1/notifications/ws/alice";
  private static final Outcome ACCEPTED = new Outcome(101, Optional.empty(), Optional.empty());
  private static final Outcome FORBIDDEN =
      new Outcome(403, Optional.of("forbidden_origin"), Optional.empty());

  private long nanos;
  private final Attempts attempts = new Attempts(() -> nanos);

  @Test
  void tellsHowTheNewestHandshakeOfACidEnded() {
    attempts.record(PATH, "a", FORBIDDEN);
    assertThat(tell(PATH, "a"))
        .contains(Map.of("seen", true, "status", 403, "code", "forbidden_origin"));
    attempts.record(PATH, "a", ACCEPTED);
    assertThat(tell(PATH, "a")).contains(Map.of("seen", true, "status", 101));
  }

  @Test
  void tellsTheCauseAndTheLineThatAProxyMisses() {
    attempts.record(
        PATH,
        "a",
        new Outcome(
            426,
            Optional.of("upgrade_required"),
            Optional.of(new Verdict(Cause.HTTP_VERSION, Optional.of("x;")))));
    assertThat(tell(PATH, "a").orElseThrow())
        .containsEntry("cause", "http_version")
        .containsEntry("fix", "x;");
  }

  @Test
  void tellsThatAHandshakeNeverCame() {
    attempts.record(PATH, "a", ACCEPTED);
    assertThat(tell(PATH, "b")).contains(Map.of("seen", false));
    assertThat(tell(PATH + "2", "a")).contains(Map.of("seen", false));
  }

  @Test
  void forgetsAfterAMinute() {
    attempts.record(PATH, "a", ACCEPTED);
    nanos += TimeUnit.SECONDS.toNanos(60);
    assertThat(tell(PATH, "a").orElseThrow()).containsEntry("seen", true);
    nanos += 1;
    assertThat(tell(PATH, "a").orElseThrow()).containsEntry("seen", false);
  }

  @Test
  void saysNothingWhereTheNewestTenThousandNoLongerTell() {
    for (int i = 0; i <= 10_000; i++) {
      attempts.record(PATH, "cid" + i, ACCEPTED);
    }
    assertThat(tell(PATH, "cid1").orElseThrow()).containsEntry("seen", true);
    assertThat(tell(PATH, "cid0")).isEmpty();
    nanos += TimeUnit.SECONDS.toNanos(61);
    assertThat(tell(PATH, "cid0")).contains(Map.of("seen", false));
  }

  @Test
  void keepsNoPathThatIsTooLongForAUser() {
    attempts.record(PATH + "x".repeat(1024), "a", ACCEPTED);
    assertThat(tell(PATH + "x".repeat(1024), "a")).isEmpty();
  }

  private Optional<Map<String, Object>> tell(String path, String cid) {
    return attempts.tell(path, cid).map(Attempts.Answer::members);
  }
}
