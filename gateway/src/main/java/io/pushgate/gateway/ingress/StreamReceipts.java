package io.pushgate.gateway.ingress;

import io.netty.channel.Channel;
import io.pushgate.gateway.broker.Cursors;
import io.pushgate.gateway.broker.ReceiptOpening;
import io.pushgate.gateway.broker.ReceiptTo;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.routing.Router;
import io.pushgate.protocol.ingress.IngressAnswer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Those of a connection. A publisher with a name reads his journal from where he asked, as a
 * session reads its user's; one without a name is told as they come, of what he pushed on this very
 * connection. <em>Event loop only.</em>
 */
final class StreamReceipts implements Receipts {
  private static final ReceiptOpening UNKNOWN = new ReceiptOpening(0, false, true);

  private final Channel channel;
  private final Form form;
  private final Router router;
  private final Metrics metrics;

  private @Nullable ReceiptTo addressee;
  private @Nullable CompletableFuture<ReceiptOpening> opening;
  private @Nullable ReceiptPump kept;
  private @Nullable ReceiptPump passing;
  private Runnable unfollow = () -> {};
  private long connection;

  StreamReceipts(Channel channel, Form form, IngressContext context) {
    this.channel = channel;
    this.form = form;
    this.router = context.router();
    this.metrics = context.metrics();
  }

  @Override
  public boolean isNamed() {
    return false;
  }

  /** A connection is known to the router only from the first push that wants a receipt. */
  @Override
  public ReceiptTo addressee() {
    ReceiptTo known = addressee;
    return known == null ? remember() : known;
  }

  private ReceiptTo remember() {
    PassingReceipts receipts = new PassingReceipts(metrics);
    ReceiptPump pump =
        pump((after, max) -> CompletableFuture.completedFuture(receipts.take(max)), null);
    passing = pump;
    connection =
        router.rememberConnection(
            receipt -> {
              receipts.add(receipt);
              pump.more();
            });
    pump.begin(0, false);
    ReceiptTo made = new ReceiptTo.Connection(connection);
    addressee = made;
    return made;
  }

  @Override
  public CompletableFuture<IngressAnswer.Ok> introduce(String publisher, String after) {
    addressee = new ReceiptTo.Publisher(publisher);
    byte[] prefix = router.cursors().receiptsPrefix(publisher);
    ReceiptPump pump = pump((from, max) -> router.readReceipts(publisher, from, max), prefix);
    close(kept);
    kept = pump;
    unfollow.run();
    // Followed first and opened second: what comes in between is told of, or found.
    unfollow = router.followReceipts(publisher, pump::more);
    CompletableFuture<ReceiptOpening> opened =
        router.openReceipts(publisher, after).toCompletableFuture();
    opening = opened;
    return opened.thenApply(
        from -> new IngressAnswer.Ok(Cursors.cursor(prefix, from.after()), from.resumed()));
  }

  @Override
  public void begin() {
    CompletableFuture<ReceiptOpening> opened = opening;
    if (opened != null && kept != null) {
      opening = null;
      if (!opened.isCompletedExceptionally()) {
        ReceiptOpening from = opened.getNow(UNKNOWN);
        kept.begin(from.after(), from.gap());
      }
    }
  }

  @Override
  public void close() {
    unfollow.run();
    close(kept);
    if (passing != null) {
      router.forgetConnection(connection);
      close(passing);
    }
  }

  private static void close(@Nullable ReceiptPump pump) {
    if (pump != null) {
      pump.end();
    }
  }

  private ReceiptPump pump(ReceiptPump.Pages pages, byte @Nullable [] prefix) {
    return new ReceiptPump(channel, form, metrics, pages, prefix);
  }
}
