package io.pushgate.gateway.testing;

import io.pushgate.gateway.config.ListenConfig;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressAnswer.Receipt;
import io.pushgate.protocol.publisher.PublisherClient;
import io.pushgate.protocol.publisher.PublisherListener;
import io.pushgate.protocol.publisher.PublisherOptions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A service that pushes with the Java publisher and hears receipts. One test thread. */
public final class ReceiptReader implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final BlockingQueue<IngressAnswer> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> beginnings = new LinkedBlockingQueue<>();
  private final PublisherClient client;
  private int marks;

  /**
   * @param name null for none
   * @param after the cursor that it kept; null for none
   */
  public ReceiptReader(ListenConfig bound, @Nullable String name, @Nullable String after) {
    client =
        PublisherClient.connect(
            PublisherOptions.of("127.0.0.1", bound.ingressAddress().getPort())
                .as(name, null)
                .withReceiptsAfter(after),
            new PublisherListener() {
              @Override
              public void receiptsBegin(Cursor cursor, boolean resumed) {
                beginnings.add(resumed ? "resumed" : "anew");
              }

              @Override
              public void receipt(Receipt receipt) {
                heard.add(receipt);
              }

              @Override
              public void gap() {
                heard.add(new IngressAnswer.Gap());
              }
            });
  }

  /** Pushes and waits for the ack. */
  public void push(TestPush push) {
    Waiting.get(client.push(push.request()));
  }

  /** Takes a notification back and answers from how many users. */
  public int recall(String id) {
    return Waiting.get(client.recall(id)).users();
  }

  public IngressAnswer.StatusIs status(String id) {
    return Waiting.get(client.status(id));
  }

  /** Pushes, and asks for the status before the push is answered. */
  public IngressAnswer.StatusIs pushAndStatus(TestPush push) {
    CompletionStage<IngressAnswer.Ack> ack = client.push(push.request());
    IngressAnswer.StatusIs status = status(push.request().id());
    Waiting.get(ack);
    return status;
  }

  /** How the receipts began: {@code resumed} or {@code anew}. */
  public String begins() throws InterruptedException {
    return String.valueOf(beginnings.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  /** The next that is heard: {@code EVENT ID USER}, or {@code gap}. */
  public String next() throws InterruptedException {
    IngressAnswer next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return next instanceof Receipt receipt
        ? "%s %s %s".formatted(receipt.event().wire(), receipt.id(), receipt.user().value())
        : next == null ? "nothing" : "gap";
  }

  public Receipt nextReceipt() throws InterruptedException {
    return (Receipt) heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Whether the receipt of a push that is made and recalled now is the next that is heard. */
  public boolean heardNothingElse() throws InterruptedException {
    String mark = "mark-" + System.identityHashCode(this) + "-" + marks++;
    push(TestPush.to("nobody").id(mark).receipt());
    recall(mark);
    return next().equals("recalled " + mark + " nobody");
  }

  @Override
  public void close() {
    Waiting.get(client.close());
  }
}
