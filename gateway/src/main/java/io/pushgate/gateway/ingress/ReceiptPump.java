package io.pushgate.gateway.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.pushgate.gateway.broker.Cursors;
import io.pushgate.gateway.broker.Receipt;
import io.pushgate.gateway.broker.ReceiptPage;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.Ref;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes receipts to one connection as its socket takes them: a page is read when the one before
 * has left for the kernel. So a publisher that reads none costs one page, and his answers are not
 * held up by more than that. <em>Event loop only,</em> but for {@link #more()}.
 */
final class ReceiptPump {
  private static final Logger log = LoggerFactory.getLogger(ReceiptPump.class);
  private static final ReceiptPage NOTHING = new ReceiptPage(List.of(), 0, true, false);
  private static final CompletableFuture<ReceiptPage> NOT_READING =
      CompletableFuture.completedFuture(NOTHING);

  /** Where pages come from. */
  interface Pages {
    CompletionStage<ReceiptPage> read(long after, int maxReceipts);
  }

  private enum Stage {
    /** Not begun: what is told meanwhile is found by the first read. */
    NEW,
    /** All that was there is written. */
    RESTING,
    /** A page was asked for. */
    READING,
    /** A page was handed to the socket, which has not taken all of it. */
    SENDING,
    /** The journal did not answer and is asked again in a while. */
    WAITING,
    /** For good. */
    ENDED
  }

  private final Channel channel;
  private final Form form;
  private final Metrics metrics;
  private final Pages pages;
  private final byte @Nullable [] prefix;
  private final Wake wake;
  private Stage stage = Stage.NEW;
  private long after;
  private boolean gap;

  /** There may be more than what the last page asked for can hold. Crosses from any thread. */
  private volatile boolean told;

  private CompletableFuture<ReceiptPage> reading = NOT_READING;

  /**
   * @param prefix of the cursors; null where the receipts have none
   */
  ReceiptPump(Channel channel, Form form, Metrics metrics, Pages pages, byte @Nullable [] prefix) {
    this.channel = channel;
    this.form = form;
    this.metrics = metrics;
    this.pages = pages;
    this.prefix = prefix;
    this.wake = new Wake(channel.eventLoop(), this::run);
  }

  /** There is more than was read. <em>Any thread.</em> */
  void more() {
    told = true;
    wake.wake();
  }

  /**
   * @param from the offset behind which the receipts start
   * @param lost something before them was lost, which is told first
   */
  void begin(long from, boolean lost) {
    assert channel.eventLoop().inEventLoop();
    after = from;
    gap = lost;
    stage = Stage.RESTING;
    more();
  }

  void end() {
    assert channel.eventLoop().inEventLoop();
    stage = Stage.ENDED;
  }

  private void run() {
    wake.look();
    try {
      switch (stage) {
        case RESTING -> {
          if (told) {
            read();
          }
        }
        case READING -> {
          if (reading.isDone()) {
            take();
          }
        }
        case NEW, SENDING, WAITING, ENDED -> {}
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      channel.pipeline().fireExceptionCaught(e);
    }
  }

  private void read() {
    stage = Stage.READING;
    told = false;
    reading = pages.read(after, IngressLimits.RECEIPT_PAGE).toCompletableFuture();
    reading.whenComplete(this::arrived);
  }

  /** On any thread. */
  private void arrived(@Nullable ReceiptPage page, @Nullable Throwable failure) {
    if (failure != null) {
      log.debug("receipts for {} can't be read", channel.remoteAddress(), failure);
    }
    wake.wake();
  }

  private void take() {
    if (reading.isCompletedExceptionally()) {
      retry();
      return;
    }
    ReceiptPage page = reading.getNow(NOTHING);
    reading = NOT_READING; // A page is not kept while nothing happens.
    after = page.through();
    gap |= page.gap();
    boolean last = page.end();
    if (gap || !page.receipts().isEmpty()) {
      send(page, last);
    } else {
      sent(last);
    }
  }

  private void send(ReceiptPage page, boolean last) {
    stage = Stage.SENDING;
    ByteBuf out = channel.alloc().ioBuffer();
    if (gap) {
      gap = false;
      metrics.receiptGapTold();
      form.encode(Ref.NONE, new IngressAnswer.Gap(), out);
    }
    for (Receipt receipt : page.receipts()) {
      metrics.receiptTold(receipt.event());
      form.encode(Ref.NONE, answer(receipt), out);
    }
    channel
        .writeAndFlush(out)
        .addListener(
            taken -> {
              if (stage == Stage.SENDING && taken.isSuccess()) {
                sent(last);
              }
            });
  }

  /** Goes on in a turn of its own: a long journal must not keep the loop for itself. */
  private void sent(boolean last) {
    stage = Stage.RESTING;
    if (told || !last) {
      more();
    }
  }

  private IngressAnswer answer(Receipt receipt) {
    return new IngressAnswer.Receipt(
        prefix == null ? null : Cursors.cursor(prefix, receipt.offset()),
        receipt.id(),
        receipt.user(),
        receipt.event(),
        receipt.timestampMillis());
  }

  private void retry() {
    stage = Stage.WAITING;
    channel
        .eventLoop()
        .schedule(
            () -> {
              if (stage == Stage.WAITING) {
                stage = Stage.RESTING;
                more();
              }
            },
            IngressLimits.RECEIPT_RETRY.toMillis(),
            TimeUnit.MILLISECONDS);
  }
}
