package io.pushgate.gateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.gateway.config.ListenConfig;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest.Push;
import io.pushgate.protocol.ingress.JsonLines;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.Ref;
import io.pushgate.protocol.ingress.Reply;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A service that pushes by JSON lines and pipelines without bound. A push that the journal could
 * not take is repeated with the id of the nack; any other refusal is a fault. Answers are read on a
 * thread of its own. One test thread.
 */
public final class Publisher implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Socket socket = new Socket();
  private final OutputStream out;
  private final ByteBuf line = Unpooled.buffer();
  private final Map<Long, Push> unanswered = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Push> toRepeat = new ConcurrentLinkedQueue<>();
  private final Set<String> repeated = ConcurrentHashMap.newKeySet();
  private final CountDownLatch goaway = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Throwable fault;
  private long refs;

  Publisher(ListenConfig bound) throws IOException {
    socket.connect(bound.ingressAddress());
    out = new BufferedOutputStream(socket.getOutputStream());
    Thread reader = new Thread(this::readAnswers, "publisher");
    reader.setDaemon(true);
    reader.start();
  }

  /** Sends a push, at the latest with {@link #settle}. */
  public Publisher push(TestPush push) {
    try {
      send(push.request());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(Push push) throws IOException {
    long ref = refs++;
    unanswered.put(ref, push);
    JsonLines.writeRequest(new Envelope(Ref.correlation(ref), push), line.clear());
    line.readBytes(out, line.readableBytes());
  }

  /** Waits until every push was acked. */
  public void settle() {
    Waiting.until(
        () -> unanswered.size() + " pushes unanswered, fault " + fault,
        () -> {
          repeatNacked();
          return fault != null || unanswered.isEmpty() && toRepeat.isEmpty();
        });
    if (fault != null) {
      throw new AssertionError(fault);
    }
  }

  private void repeatNacked() {
    try {
      for (Push push = toRepeat.poll(); push != null; push = toRepeat.poll()) {
        send(push);
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The data of the pushes that were not taken at once, so that others went before them. */
  public Set<String> repeated() {
    return repeated;
  }

  private void readAnswers() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        byte[] bytes = text.getBytes(UTF_8);
        take(JsonLines.readAnswer(bytes, 0, bytes.length));
      }
    } catch (IOException | RuntimeException broken) {
      fault = broken;
    } finally {
      ended.countDown();
    }
  }

  private void take(Reply reply) {
    if (reply.answer() instanceof IngressAnswer.Goaway) {
      goaway.countDown();
      return;
    }
    Long ref = Long.valueOf(reply.ref().toString());
    Push push = unanswered.get(ref);
    if (reply.answer() instanceof IngressAnswer.Nack nack && nack.code() == NackCode.UNAVAILABLE) {
      repeated.add(push.data().text());
      toRepeat.add(push.withId(nack.id()));
    } else if (!(reply.answer() instanceof IngressAnswer.Ack)) {
      throw new IllegalStateException(reply.toString());
    }
    unanswered.remove(ref);
  }

  /** Whether the gateway said goaway and then closed, both in time. */
  public boolean sentAway() throws InterruptedException {
    return goaway.await(PATIENCE_SECONDS, TimeUnit.SECONDS)
        && ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
