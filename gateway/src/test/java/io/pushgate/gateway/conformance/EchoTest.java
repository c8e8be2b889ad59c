package io.pushgate.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.config.ListenConfig;
import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.HttpCall;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.gateway.websocket.ClientBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code --echo} serves, beside the codec that the sessions have too. */
class EchoTest {
  private static final int MIB = 1 << 20;

  @RegisterExtension final GatewayExtension gateway = GatewayExtension.with("echo=true");

  @RegisterExtension final GatewayExtension without = GatewayExtension.with();

  @Test
  void isNotThereUnlessAskedFor() {
    ListenConfig bound = without.bound();
    assertThat(HttpCall.get(bound.publicAddress(), Path.ECHO.target()).statusCode()).isEqualTo(404);
    bound = gateway.bound();
    assertThat(HttpCall.get(bound.publicAddress(), Path.ECHO.target()).statusCode()).isEqualTo(426);
    assertThat(HttpCall.get(bound.publicAddress(), Path.ECHO.target() + "/x").statusCode())
        .isEqualTo(404);
  }

  @Test
  void answersWhatCameInTheSegmentOfTheHandshake() throws IOException {
    try (Line line = new Line(gateway.bound().publicAddress())) {
      String lines = Line.handshake(Path.ECHO).replace("\n", "\r\n");
      byte[] head = lines.getBytes(StandardCharsets.US_ASCII);
      byte[] all = ClientBytes.join(head, ClientBytes.text("early"), ClientBytes.frame(0x89, "?"));
      line.send(all, all.length, false).join();
      assertThat(line.readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(line.frame().words()).isEqualTo("text 'early'");
      assertThat(line.frame().words()).isEqualTo("pong '?'");
    }
  }

  @Test
  void readsNoFurtherWhileItsAnswersAreNotRead() throws IOException {
    byte[][] messages = new byte[40][];
    Arrays.fill(messages, ClientBytes.frame(0x82, new byte[MIB]));
    byte[] all = ClientBytes.join(messages);
    try (Line line = Line.open(gateway.bound().publicAddress(), Path.ECHO)) {
      CompletableFuture<Void> sending = line.send(all, 64 << 10, false);
      awaitStandstill(line);
      // One message and its echo in the gateway, and what kernels keep on both sides.
      assertThat(line.sent()).isLessThan(all.length / 2);

      for (int i = 0; i < messages.length; i++) {
        assertThat(line.frame().words()).startsWith("binary of " + MIB);
      }
      sending.join();
      assertThat(line.sayGoodbye()).isEqualTo("close 1000, end");
    }
  }

  private static void awaitStandstill(Line line) {
    long[] last = {-1, 0};
    Waiting.until(
        "nothing was sent for a second",
        () -> {
          long now = System.nanoTime();
          if (line.sent() != last[0]) {
            last[0] = line.sent();
            last[1] = now;
          }
          return now - last[1] > TimeUnit.SECONDS.toNanos(1);
        });
  }
}
