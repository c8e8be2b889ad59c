package io.pushgate.bench.crash;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.bench.crash.Violation.Promise;
import io.pushgate.bench.publish.Form;
import io.pushgate.bench.publish.Wire;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A publisher that keeps a number of pushes unanswered, and repeats them on its next connection
 * where this one is lost. Two threads: {@link #run} reads, another writes.
 */
final class CrashPublisher implements Runnable {
  private static final int READ_MILLIS = 200;
  private static final int REST_MILLIS = 50;
  private static final int NO_PUSH = -1;
  private static final int HELLO = Integer.MAX_VALUE;
  private static final int BATCH = 32;

  private final int number;
  private final CrashLedger ledger;
  private final Door door;
  private final Quota quota;
  private final Wire wire;
  private final AnswerBooks answers;
  private final ReceiptBooks receipts;
  private @Nullable Cursor newestReceipt;
  private boolean connected;

  CrashPublisher(int number, CrashLedger ledger, Door door, Quota quota) {
    this.number = number;
    this.ledger = ledger;
    this.door = door;
    this.quota = quota;
    wire = (number % 2 == 0 ? Form.BINARY : Form.JSON).wire();
    answers = new AnswerBooks(number, ledger);
    receipts = new ReceiptBooks(number, ledger);
  }

  synchronized boolean isConnected() {
    return connected;
  }

  /** It may have leave to send again. */
  synchronized void wake() {
    notifyAll();
  }

  AnswerBooks answers() {
    return answers;
  }

  ReceiptBooks receipts() {
    return receipts;
  }

  @Override
  public void run() {
    try {
      Door.Opening opening = door.await();
      while (opening != null) {
        try (Socket socket = Door.connect(opening.ports().ingress(), READ_MILLIS)) {
          talk(socket);
        } catch (IOException | IllegalArgumentException e) {
          if (door.isStill(opening)) {
            answers.violated(Promise.CUT_OFF, NO_PUSH, String.valueOf(e.getMessage()));
            TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
          }
        }
        opening = door.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void talk(Socket socket) throws IOException, InterruptedException {
    Thread writer = new Thread(() -> write(socket), "publisher-" + number + "-writer");
    connected(true);
    writer.start();
    try {
      read(socket);
    } finally {
      connected(false);
      socket.close();
      writer.join();
    }
  }

  private void read(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    ByteBuf buffer = Unpooled.buffer(64 << 10);
    byte[] chunk = new byte[32 << 10];
    while (!door.isOver()) {
      int read = readSome(in, chunk);
      if (read < 0) {
        throw new IOException("the gateway ended the connection");
      }
      buffer.discardReadBytes().writeBytes(chunk, 0, read);
      wire.read(buffer, this::answered);
      synchronized (this) {
        notifyAll();
      }
    }
  }

  private static int readSome(InputStream in, byte[] chunk) throws IOException {
    try {
      return in.read(chunk);
    } catch (SocketTimeoutException e) {
      return 0;
    }
  }

  /** Requests are numbered from one, since what comes by itself is zero; hello has the highest. */
  private void answered(long ref, IngressAnswer answer) {
    if (answer instanceof IngressAnswer.Receipt receipt) {
      newestReceipt = receipt.cursor();
      receipts.receipt(receipt);
    } else if (answer instanceof IngressAnswer.Ok ok) {
      receipts.opened(newestReceipt != null, ok.resumed());
    } else if (answer instanceof IngressAnswer.Gap) {
      receipts.gap();
    } else if (answer instanceof IngressAnswer.Goaway bye) {
      if (!door.isOver()) {
        answers.violated(Promise.CUT_OFF, NO_PUSH, "was told to go: " + bye.reason());
      }
    } else {
      answers.answer((int) ref - 1, answer);
    }
  }

  private void write(Socket socket) {
    try {
      hello(socket);
      List<Integer> again = answers.sendAgain();
      for (int from = 0; from < again.size(); from += BATCH) {
        send(socket, again.subList(from, Math.min(from + BATCH, again.size())));
      }
      while (awaitRoom()) {
        List<Integer> next = new ArrayList<>();
        while (next.size() < BATCH && quota.take()) {
          next.add(answers.sendNext());
        }
        send(socket, next);
      }
    } catch (IOException e) {
      // The reading side sees the same end, and judges it.
      connected(false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hello(Socket socket) throws IOException {
    String name = ledger.script().publisherName(number);
    if (name != null) {
      Cursor after = newestReceipt;
      ByteBuf out = Unpooled.buffer();
      wire.write(
          HELLO, new IngressRequest.Hello(null, name, after == null ? null : after.value()), out);
      out.readBytes(socket.getOutputStream(), out.readableBytes()).release();
    }
  }

  private void send(Socket socket, List<Integer> numbers) throws IOException {
    ByteBuf out = Unpooled.buffer();
    for (int push : numbers) {
      wire.write(push + 1L, ledger.script().push(push), out);
    }
    out.readBytes(socket.getOutputStream(), out.readableBytes()).release();
  }

  private synchronized void connected(boolean now) {
    connected = now;
    notifyAll();
  }

  /** Waits until fewer than allowed are unanswered; false once this connection is lost. */
  private synchronized boolean awaitRoom() throws InterruptedException {
    while (connected && (quota.left() == 0 || answers.unanswered() >= quota.unanswered())) {
      wait(READ_MILLIS);
    }
    return connected;
  }
}
