package io.pushgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.pushgate.gateway.config.AdminConfig;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.session.SessionView;
import io.pushgate.gateway.testing.PartialRouter;
import io.pushgate.protocol.UserId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The deadlines of a connection, by a clock that stands until it is moved. */
class AdminHandlerTest {
  private final Metrics metrics = new Metrics();
  private final AdminPort port =
      new AdminPort(
          new AdminConfig(Optional.empty()),
          metrics,
          () -> Health.State.READY,
          new NoAnswer(),
          List::of,
          new PartialRouter() {});
  private final EmbeddedChannel channel = new EmbeddedChannel();

  @BeforeEach
  void connect() {
    channel.freezeTime();
    channel.pipeline().addLast(port.pipeline());
    channel.pipeline().fireChannelActive();
  }

  @AfterEach
  void stop() {
    channel.finishAndReleaseAll();
    port.close();
    metrics.close();
  }

  @Test
  void aSilentConnectionIsClosedInTime() {
    pass(AdminLimits.REQUEST_SECONDS - 1);
    assertThat(channel.isOpen()).isTrue();
    pass(1);
    assertThat(channel.isOpen()).isFalse();
    assertThat(written()).isEmpty();
  }

  @Test
  void aRequestThatTricklesInIsToldThatItTookTooLong() {
    send("GET /livez HTTP/1.1\r\n");
    pass(AdminLimits.REQUEST_SECONDS - 1);
    send("Host: localhost\r\n");
    pass(1);
    assertThat(written()).startsWith("HTTP/1.1 408").contains("\"code\":\"timeout\"");
    assertThat(channel.isOpen()).isFalse();
    assertThat(metrics.scrape())
        .contains("pushgate_limit_hits_total{limit=\"admin-request-time\"} 1.0");
  }

  @Test
  void anAnswerThatDoesNotComeEndsTheConnection() {
    send("GET /api/users/a HTTP/1.1\r\nHost: localhost\r\n\r\n");
    pass(AdminLimits.ANSWER_SECONDS);
    assertThat(channel.isOpen()).isFalse();
    assertThat(metrics.scrape())
        .contains("pushgate_limit_hits_total{limit=\"admin-answer-time\"} 1.0");
  }

  @Test
  void eachAnswerBeginsTheTimeOfTheNextRequestAnew() {
    for (int i = 0; i < 5; i++) {
      pass(AdminLimits.REQUEST_SECONDS - 1);
      send("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(written()).endsWith("alive\n");
    }
    assertThat(channel.isOpen()).isTrue();
  }

  private void send(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    channel.runPendingTasks();
  }

  private void pass(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  private String written() {
    StringBuilder text = new StringBuilder();
    for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
      text.append(bytes.toString(StandardCharsets.UTF_8));
      bytes.release();
    }
    return text.toString();
  }

  /** Sessions whose loop never answers. */
  private static final class NoAnswer implements Sessions {
    @Override
    public CompletionStage<List<SessionView>> of(UserId user) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<List<SessionView>> all() {
      return new CompletableFuture<>();
    }
  }
}
