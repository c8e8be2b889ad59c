package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.gateway.ingress.FakeRouter.Mode;
import io.pushgate.gateway.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much is held for a publisher whose socket takes no answer at all. */
class UnreadAnswersTest {
  /** More than is to be read from such a publisher. */
  private static final int MUCH = 64 << 20;

  private final FakeRouter router = new FakeRouter(Mode.AT_ONCE);
  private final Metrics metrics = new Metrics();
  private StuckChannel channel;

  @BeforeEach
  void connect() {
    channel = new StuckChannel();
    channel
        .pipeline()
        .addLast(
            new IngressInitializer(
                router, IngressServer.CONFIG, Optional.empty(), metrics, IngressServer.room()));
  }

  @AfterEach
  void stop() {
    channel.finishAndReleaseAll();
    router.close();
    metrics.close();
  }

  @Test
  void readsNoMoreLinesPastTheBoundAndAnswersAllOfThemLater() {
    assertAnsweredLater(
        "{\"op\":\"ping\",\"ref\":\"" + "x".repeat(40) + "\"}\n", "\"op\":\"pong\"");
  }

  @Test
  void readsNoMoreHttpRequestsPastTheBoundAndAnswersAllOfThemLater() {
    String body = "{\"op\":\"ping\"}\n".repeat(200);
    String head = "POST /push HTTP/1.1\r\nHost: localhost\r\nContent-Length: ";
    assertAnsweredLater(head + body.length() + "\r\n\r\n" + body, "HTTP/1.1 200 OK");
  }

  private void assertAnsweredLater(String request, String answer) {
    int each = IngressLimits.READ_BYTES / request.length();
    String read = request.repeat(each);
    int requests = 0;
    while (channel.config().isAutoRead() && requests * (long) request.length() < MUCH) {
      channel.writeInbound(Unpooled.copiedBuffer(read, StandardCharsets.US_ASCII));
      requests += each;
    }
    assertThat(channel.config().isAutoRead()).isFalse();
    // What a kernel tells of a publisher's end may come with a last read that was not asked for.
    channel.writeInbound(Unpooled.copiedBuffer(read, StandardCharsets.US_ASCII));
    requests += each;
    assertThat(channel.unsentBytes())
        .isBetween(
            (long) IngressLimits.RESUME_UNSENT_ANSWERS, IngressLimits.MAX_UNSENT_ANSWERS * 3L / 2);
    assertThat(metrics.scrape())
        .contains("pushgate_limit_hits_total{limit=\"ingress-unsent-answers\"} 1.0");

    channel.stuck = false;
    channel.flush();
    assertThat(channel.config().isAutoRead()).isTrue();
    assertThat(answers(answer)).isEqualTo(requests);
  }

  private int answers(String each) {
    int count = 0;
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      String text = part.toString(StandardCharsets.UTF_8);
      count += (text.length() - text.replace(each, "").length()) / each.length();
      part.release();
    }
    return count;
  }
}
