package io.pushgate.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.PushForm;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.StreamRequest;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TraceOnGatewayTest {
  private static final String USER = "älice/1";

  @RegisterExtension final GatewayExtension gateway = GatewayExtension.with();

  private CommandLineRun trace(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "trace";
    all[1] = "--admin";
    all[2] = "127.0.0.1:" + gateway.bound().adminAddress().getPort();
    System.arraycopy(words, 0, all, 3, words.length);
    return CommandLineRun.of(all);
  }

  @Test
  void tellsThePathOfANotificationAndWhereItsUserStands() throws Exception {
    StreamClient acking = gateway.open(StreamKind.WEBSOCKET, USER);
    StreamClient windowed = gateway.open(StreamKind.SSE, StreamRequest.of(USER).window(1));
    gateway.push(PushForm.HTTP, TestPush.to(USER).id("first 1/2"));
    gateway.push(PushForm.HTTP, TestPush.to(USER).id("second"));
    acking.next("notification");
    acking.ack(acking.next("notification").path("cursor").asText());
    windowed.next("notification");
    Waiting.until(
        () -> trace("second").out(),
        () -> trace("second").out().contains("acknowledged by 1 user"));

    CommandLineRun second = trace("second");
    assertThat(second.exitCode()).isZero();
    assertThat(second.err()).isEmpty();
    assertThat(second.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("second"),
            line -> assertThat(line).startsWith("  received 20"),
            line -> assertThat(line).matches("  journalled \\+\\d+ ms"),
            line -> assertThat(line).isEqualTo("  sent to 1 user, acknowledged by 1 user"),
            line -> assertThat(line).matches("älice/1: acknowledged \\+\\d+ ms"),
            line ->
                assertThat(line)
                    .matches("  session \\w+: sent \\+\\d+ ms, acknowledged \\+\\d+ ms"),
            line -> assertThat(line).matches("  session \\w+: not sent, its window is full"));
    assertThat(trace("first 1/2").out()).contains("acknowledged").doesNotContain("not sent");

    CommandLineRun user = trace("--user", USER);
    assertThat(user.exitCode()).isZero();
    assertThat(user.out())
        .contains("has all there is")
        .contains("behind in one journal, its window is full");
  }

  @Test
  void tellsThatNothingIsKnown() {
    assertThat(trace("nothing").exitCode()).isEqualTo(3);
    assertThat(trace("--user", "nobody").exitCode()).isEqualTo(3);
  }
}
