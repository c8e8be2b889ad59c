package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.pushgate.gateway.ingress.FakeRouter.Mode;
import io.pushgate.gateway.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much is held for a publisher whose socket takes no answer at all. */
class UnreadAnswersTest {
  /** More than is to be read from such a publisher. */
  private static final int MUCH = 64 << 20;

  private final FakeRouter router = new FakeRouter(Mode.AT_ONCE);
  private final Metrics metrics = new Metrics();
  private final IngressInitializer port =
      new IngressInitializer(
          router, IngressServer.CONFIG, Optional.empty(), metrics, IngressServer.room());
  private StuckChannel channel;

  @BeforeEach
  void connect() {
    channel = new StuckChannel();
    channel.freezeTime();
    channel.pipeline().addLast(port);
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

  @Test
  void whoReadsNoAnswerOverHttpForAMinuteIsSentAway() {
    String request = "GET /else HTTP/1.1\r\nHost: localhost\r\n\r\n";
    while (channel.config().isAutoRead()) {
      send(request.repeat(IngressLimits.READ_BYTES / request.length()));
    }
    pass(59);
    assertThat(channel.isOpen()).isTrue();
    pass(2); // Its last answers have so much time to leave.
    pass(11);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void whoEndedAndTakesNothingOfWhatItIsOwedIsClosed() {
    send("{\"op\":\"ping\"}\n".repeat(1_000));
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    pass(9);
    assertThat(channel.isOpen()).isTrue();
    pass(2);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void whoTakesNothingIsClosedWhereBuffersTakeTooMuch() {
    EmbeddedChannel healthy = new EmbeddedChannel();
    healthy.freezeTime();
    healthy.pipeline().addLast(port);
    send("{\"op\":\"ping\"}\n".repeat(10_000));
    assertThat(channel.unsentBytes()).isGreaterThan(64 << 10);

    for (int second = 0; second <= 3; second++) {
      assertThat(channel.isOpen()).as("after %d s", second).isTrue();
      port.connections().shed();
      pass(1);
      healthy.advanceTimeBy(1, TimeUnit.SECONDS);
      healthy.runPendingTasks();
    }
    assertThat(channel.isOpen()).isFalse();
    assertThat(metrics.scrape())
        .contains("pushgate_limit_hits_total{limit=\"max-buffered-publishers\"} 1.0");
    assertThat(healthy.isOpen()).isTrue();
    healthy.finishAndReleaseAll();
  }

  @Test
  void whatWasSeenInAnEarlierOverloadCountsNoMore() {
    send("{\"op\":\"ping\"}\n".repeat(10_000));
    port.connections().shed();
    pass(0);
    pass(3_600);
    port.connections().shed();
    pass(0);
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void whoTakesSomeOfItIsNot() {
    send("{\"op\":\"ping\"}\n".repeat(10_000));
    for (int second = 0; second <= 6; second++) {
      if (second % 2 == 0) {
        channel.unstick();
        channel.stuck = true;
        send("{\"op\":\"ping\"}\n".repeat(10_000 - second));
      }
      port.connections().shed();
      pass(1);
    }
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void withoutMemoryForAnAnswerTheConnectionEnds() {
    FakeRouter late = new FakeRouter(Mode.HELD_BACK);
    EmbeddedChannel poor = new EmbeddedChannel();
    poor.pipeline()
        .addLast(
            new IngressInitializer(
                late, IngressServer.CONFIG, Optional.empty(), metrics, IngressServer.room()));
    poor.writeInbound(
        Unpooled.copiedBuffer(
            "{\"op\":\"push\",\"to\":\"a\",\"data\":1}\n", StandardCharsets.US_ASCII));
    poor.config().setAllocator(new NoMemory());
    assertThatCode(late::release).doesNotThrowAnyException();
    assertThatCode(poor::runPendingTasks).doesNotThrowAnyException();
    assertThat(poor.isOpen()).isFalse();
    poor.finishAndReleaseAll();
    late.close();
  }

  /** Has nothing left outside the heap. */
  private static final class NoMemory extends AbstractByteBufAllocator {
    NoMemory() {
      super(true);
    }

    @Override
    public boolean isDirectBufferPooled() {
      return false;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
      return Unpooled.buffer(initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
      throw new OutOfMemoryError("none left, as a test has it");
    }
  }

  private void send(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  private void pass(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
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
