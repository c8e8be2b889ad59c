package io.pushgate.bench.fault;

import io.pushgate.bench.fault.Conduct.Leaving;
import io.pushgate.bench.fault.Conduct.Port;
import java.io.ByteArrayOutputStream;
import java.util.SplittableRandom;

/** Everything that strangers do, to be drawn from. One thread. */
public final class Repertoire {
  private static final int USERS = 50;
  private static final int PUSHES = 40;
  private static final int LARGEST = 60_000;
  private static final int KINDS = 14;

  private final SplittableRandom random;
  private int drawn;

  public Repertoire(SplittableRandom random) {
    this.random = random;
  }

  /** One of all conducts, with sizes drawn too. */
  public Conduct next() {
    drawn++;
    Conduct socket = Conduct.silent(Port.CLIENT, Words::webSocket);
    Conduct stream = Conduct.silent(Port.CLIENT, Words::eventStream);
    Conduct publisher = Conduct.silent(Port.INGRESS, Words.NOTHING);
    return switch (random.nextInt(KINDS)) {
      case 0 -> socket.leaving(Leaving.CLOSE);
      case 1 -> socket.leaving(Leaving.RESET);
      case 2 -> stream;
      case 3 -> stream.leaving(Leaving.RESET);
      case 4 -> socket.reading(random.nextInt(1, 20_000));
      case 5 -> stream.reading(random.nextInt(2) * 500);
      case 6 -> socket.sending(Words.frame("{\"op\":\"ping\"}"), random.nextInt(1, 200));
      case 7 -> socket.sending(Words.frame("{\"op\":\"ack\",\"cursor\":\"u1\"}"), 40);
      case 8 -> socket.sending(Words.frame("{\"op\":\"ping\"}"), 2_000);
      case 9 -> pushing(publisher);
      case 10 -> pushing(publisher).reading(0);
      case 11 -> recalling(publisher);
      case 12 -> Conduct.silent(Port.INGRESS, Words::garbage).sending(Words.garbage(drawn), 100);
      default -> Conduct.silent(Port.CLIENT, Words::garbage).sending(Words.garbage(drawn), 100);
    };
  }

  /** Small ones far more often than large ones. */
  private Conduct pushing(Conduct publisher) {
    int bytes = (int) Math.pow(LARGEST, random.nextDouble());
    byte[] push = Words.push(random.nextInt(1, bytes > 1_000 ? 5 : USERS), bytes);
    return publisher.sending(push, push.length);
  }

  /** Each push is taken back a while later. */
  private Conduct recalling(Conduct publisher) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    String run = "stranger-" + Long.toHexString(random.nextLong()) + "-";
    for (int i = 0; i < PUSHES; i++) {
      lines.writeBytes(
          Words.ascii(
              "{\"op\":\"push\",\"id\":\"%s%d\",\"to\":\"%s\",\"data\":%d}\n"
                  .formatted(run, i, Words.user(random.nextInt(USERS)), i)));
    }
    for (int i = 0; i < PUSHES; i++) {
      lines.writeBytes(Words.ascii("{\"op\":\"recall\",\"id\":\"%s%d\"}\n".formatted(run, i)));
    }
    return publisher.sending(lines.toByteArray(), 1_000);
  }
}
