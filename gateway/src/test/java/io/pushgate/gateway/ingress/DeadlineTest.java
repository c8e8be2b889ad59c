package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.pushgate.gateway.ingress.FakeRouter.Mode;
import io.pushgate.gateway.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a publisher that leaves something unfinished, by a clock of the test's own. */
class DeadlineTest {
  private final FakeRouter router = new FakeRouter(Mode.HELD_BACK);
  private final Metrics metrics = new Metrics();
  private final IngressRoom room = IngressServer.room();
  private EmbeddedChannel channel;

  @BeforeEach
  void connect() {
    channel = new EmbeddedChannel();
    channel.freezeTime();
    channel
        .pipeline()
        .addLast(
            new IngressInitializer(router, IngressServer.CONFIG, Optional.empty(), metrics, room));
  }

  @AfterEach
  void stop() {
    channel.finishAndReleaseAll();
    router.close();
    metrics.close();
  }

  @Test
  void closesBehindARequestThatStaysUnfinished() {
    send("{\"op\":\"ping\"}\n{\"op\":");
    pass(40);
    send("\"pi");
    pass(19);
    assertThat(sent()).isEqualTo("{\"op\":\"pong\"}\n");
    assertThat(channel.isOpen()).isTrue();
    pass(2);
    assertThat(sent()).contains("\"code\":\"bad_request\"", "unfinished for 60 s");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void answersWhatIsInFlightBeforeItClosesBehindAnUnfinishedRequest() {
    send("{\"op\":\"push\",\"to\":\"a\",\"data\":1}\n{\"op\":");
    pass(61);
    assertThat(sent()).isEmpty();
    router.release();
    channel.runPendingTasks();
    assertThat(sent().lines()).hasSize(2).first().asString().contains("\"op\":\"ack\"");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void letsAPublisherBeSilentBetweenRequestsForEver() {
    send("{\"op\":\"ping\"}\n");
    pass(TimeUnit.DAYS.toSeconds(3));
    send("{\"op\":\"ping\"}\n");
    assertThat(sent()).isEqualTo("{\"op\":\"pong\"}\n{\"op\":\"pong\"}\n");
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void countsEachUnfinishedRequestAnew() {
    send("{\"op\":\"ping\"");
    for (int i = 0; i < 5; i++) {
      pass(50);
      send("}\n{\"op\":\"ping\"");
    }
    assertThat(sent().lines()).hasSize(5);
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void refusesAnHttpHeadThatStaysUnfinished() {
    send("POST /push HTTP/1.1\r\nHo");
    pass(11);
    assertThat(sent()).startsWith("HTTP/1.1 408 ").contains("\"code\":\"timeout\"");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void givesTheHeadOfALaterHttpRequestMoreTime() {
    send("POST /push HTTP/1.1\r\nHost: localhost\r\nContent-Length: 13\r\n\r\n{\"op\":\"ping\"}");
    assertThat(sent()).startsWith("HTTP/1.1 200 ");
    send("POST /push HTTP/1.1\r\nHo");
    pass(59);
    assertThat(channel.isOpen()).isTrue();
    pass(2);
    assertThat(sent()).startsWith("HTTP/1.1 408 ").contains("\"code\":\"timeout\"");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void blamesNobodyForWhatItDoesNotReadItself() {
    send("{\"op\":\"ping\"}\n{\"op\":");
    room.shut(true);
    channel.pipeline().fireUserEventTriggered(IngressConnections.Signal.LOOK);
    pass(61);
    assertThat(channel.isOpen()).isTrue();
    assertThat(channel.config().isAutoRead()).isFalse();

    room.shut(false);
    channel.pipeline().fireUserEventTriggered(IngressConnections.Signal.LOOK);
    pass(59);
    send("\"ping\"}\n");
    assertThat(sent()).isEqualTo("{\"op\":\"pong\"}\n{\"op\":\"pong\"}\n");
  }

  @Test
  void readsNoHttpRequestWhileTheRoomIsShut() {
    String request =
        "POST /push HTTP/1.1\r\nHost: localhost\r\nContent-Length: 13\r\n\r\n{\"op\":\"ping\"}";
    room.shut(true);
    send(request);
    assertThat(channel.config().isAutoRead()).isFalse();
    pass(61);
    assertThat(channel.isOpen()).isTrue();

    room.shut(false);
    channel.pipeline().fireUserEventTriggered(IngressConnections.Signal.LOOK);
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void answersWhatItTookOfAnHttpBodyThatStaysUnfinished() {
    send(
        "POST /push HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{\"op\":\"ping\"}\n{\"o");
    pass(61);
    assertThat(sent()).startsWith("HTTP/1.1 400 ").contains("{\"op\":\"pong\"}\n", "unfinished");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void closesAnIdleHttpConnectionWithoutAWord() {
    send("POST /push HTTP/1.1\r\nHost: localhost\r\nContent-Length: 13\r\n\r\n{\"op\":\"ping\"}");
    assertThat(sent()).startsWith("HTTP/1.1 200 ").endsWith("{\"op\":\"pong\"}\n");
    pass(59);
    assertThat(channel.isOpen()).isTrue();
    pass(2);
    assertThat(sent()).isEmpty();
    assertThat(channel.isOpen()).isFalse();
  }

  private void send(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }

  private void pass(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  private String sent() {
    StringBuilder text = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      text.append(part.toString(StandardCharsets.UTF_8));
      part.release();
    }
    return text.toString();
  }
}
