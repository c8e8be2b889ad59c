package io.pushgate.bench.publish;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.bench.ledger.Stamp;
import io.pushgate.bench.ledger.UserNames;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Pushes the same to many users at once, one after the other. One thread. */
public final class Backlog implements AutoCloseable {
  private static final int ANSWER_MILLIS = 60_000;
  private static final int UNANSWERED = 1_000;

  private final Socket socket;
  private final Wire wire = Form.BINARY.wire();
  private final Stamp stamp;
  private final List<Audience> audiences = new ArrayList<>();
  private final ByteBuf answers = Unpooled.buffer();
  private long answered;
  private String refusal = "";
  private long number;
  private int sent;

  /**
   * Connects.
   *
   * @param users how many there are, from number zero on
   * @param atOnce how many of them one push names
   */
  public Backlog(InetSocketAddress ingress, UserNames names, int users, int atOnce, Stamp stamp)
      throws IOException {
    this.stamp = stamp;
    for (int from = 0; from < users; from += atOnce) {
      List<UserId> some = new ArrayList<>();
      for (int user = from; user < Math.min(users, from + atOnce); user++) {
        some.add(names.of(user));
      }
      audiences.add(atOnce == 1 ? new Audience.One(some.get(0)) : new Audience.Several(some));
    }
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(ANSWER_MILLIS);
    socket.connect(ingress, ANSWER_MILLIS);
  }

  /** Pushes one notification to every user, and waits for its acks. */
  public void push() throws IOException {
    ByteBuf out = Unpooled.buffer();
    for (Audience audience : audiences) {
      IngressRequest.Push push =
          new IngressRequest.Push(
              audience,
              null,
              null,
              stamp.payload(Stamp.NO_SLOT, sent, 0),
              IngressRequest.Push.NO_TTL,
              null,
              false);
      wire.write(++number, push, out);
      if (number - answered == UNANSWERED) {
        flush(out);
      }
    }
    flush(out);
    sent++;
  }

  private void flush(ByteBuf out) throws IOException {
    out.readBytes(socket.getOutputStream(), out.readableBytes()).clear();
    awaitAnswers();
  }

  private void awaitAnswers() throws IOException {
    byte[] chunk = new byte[8 << 10];
    while (answered < number) {
      int read = socket.getInputStream().read(chunk);
      if (read < 0) {
        throw new IOException("the ingress port closed the connection");
      }
      answers.discardReadBytes().writeBytes(chunk, 0, read);
      wire.read(answers, this::answer);
    }
    if (!refusal.isEmpty()) {
      throw new IOException("a push of the backlog was refused: " + refusal);
    }
  }

  private void answer(long to, IngressAnswer answer) {
    answered++;
    if (!(answer instanceof IngressAnswer.Ack)) {
      refusal = answer.toString();
    }
  }

  /** How many were pushed to each user. */
  public int sent() {
    return sent;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
