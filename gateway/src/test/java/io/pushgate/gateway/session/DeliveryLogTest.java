package io.pushgate.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.protocol.Feed;
import org.junit.jupiter.api.Test;

class DeliveryLogTest {
  private final DeliveryLog log = new DeliveryLog();
  private final ByteBuf bytes = Unpooled.buffer();
  private final Run run = new Run(bytes);

  private void sent(Feed feed, long offset, long session, long millis) {
    run.reset(feed, 0);
    run.end(offset, 0, false);
    log.at(millis);
    log.sent(run, 0, 1, session);
  }

  @Test
  void anAcknowledgementCountsForAllBeforeItThatTheSessionWasSent() {
    sent(Feed.USER, 10, 1, 100);
    sent(Feed.USER, 11, 2, 101);
    log.acknowledged(9, 1, 102);
    log.acknowledged(12, 1, 103);
    log.acknowledged(13, 1, 104);
    log.acknowledged(12, 3, 105);

    assertThat(log.find(new long[] {10, 11}))
        .containsOnlyKeys(1L, 2L)
        .containsEntry(1L, new DeliveryLog.Seen(10, 100, 103))
        .containsEntry(2L, new DeliveryLog.Seen(11, 101, 0));
  }

  @Test
  void whatWasNotAskedForIsNotFound() {
    sent(Feed.USER, 10, 1, 100);
    sent(Feed.USER, 12, 2, 100);

    assertThat(log.find(new long[] {9, 11, 13})).isEmpty();
    assertThat(log.find(new long[0])).isEmpty();
  }

  @Test
  void broadcastsAreNotListed() {
    sent(Feed.EVERYONE, 10, 1, 100);

    assertThat(log.find(new long[] {10})).isEmpty();
  }

  @Test
  void theNewestAreKept() {
    for (int n = 1; n <= DeliveryLog.MAX + 10; n++) {
      sent(Feed.USER, n, n, n);
    }

    assertThat(log.find(new long[] {10})).isEmpty();
    assertThat(log.find(new long[] {11, DeliveryLog.MAX + 10L}))
        .containsOnlyKeys(11L, DeliveryLog.MAX + 10L);
  }
}
