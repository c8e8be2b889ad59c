package io.pushgate.bench.crash;

import io.pushgate.bench.crash.Violation.Promise;
import io.pushgate.protocol.ingress.IngressAnswer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pushes of one publisher and their answers, over all its connections: which are unanswered,
 * and so are repeated, and whether a repeat is told as one. Any thread.
 */
final class AnswerBooks {
  /** How many of those acked last are repeated on the next connection for nothing. */
  private static final int KEPT_ACKS = 8;

  private final int publisher;
  private final CrashLedger ledger;

  /** In the order in which they were sent on this connection. */
  private final ArrayDeque<Sending> awaited = new ArrayDeque<>();

  private final Map<Integer, IngressAnswer.Ack> firstAnswers = new LinkedHashMap<>();
  private long answered;

  /** Why a push was sent. */
  private enum Kind {
    FIRST,
    /** It may have been taken before. */
    UNANSWERED,
    /** Some session was told of it before. */
    TOLD,
    /** It was acked before. */
    ACKED
  }

  private record Sending(int number, Kind kind) {}

  AnswerBooks(int publisher, CrashLedger ledger) {
    this.publisher = publisher;
    this.ledger = ledger;
  }

  /** Notes that the next push is sent, and says which. */
  synchronized int sendNext() {
    int number = ledger.issue(publisher);
    awaited.add(new Sending(number, Kind.FIRST));
    return number;
  }

  /** On a new connection: what is to be sent again, in order, before anything new. */
  synchronized List<Integer> sendAgain() {
    List<Integer> numbers = new ArrayList<>(firstAnswers.keySet());
    List<Sending> again = new ArrayList<>();
    numbers.forEach(number -> again.add(new Sending(number, Kind.ACKED)));
    for (Sending sending : awaited) {
      if (sending.kind() != Kind.ACKED) {
        boolean told = ledger.wasTold(sending.number());
        again.add(new Sending(sending.number(), told ? Kind.TOLD : Kind.UNANSWERED));
        numbers.add(sending.number());
      }
    }
    awaited.clear();
    awaited.addAll(again);
    return numbers;
  }

  synchronized int unanswered() {
    int count = 0;
    for (Sending sending : awaited) {
      count += sending.kind() == Kind.ACKED ? 0 : 1;
    }
    return count;
  }

  synchronized long answered() {
    return answered;
  }

  /** The answer to the push of this number; {@code null} where it is none to a push. */
  synchronized void answer(int number, IngressAnswer answer) {
    Sending sending = take(number);
    if (sending == null) {
      violated(Promise.ANSWER, number, "was not asked for: " + answer);
    } else if (answer instanceof IngressAnswer.Ack ack) {
      if (!ack.id().equals(ledger.script().id(number))) {
        violated(Promise.ANSWER, number, "carries another id: " + ack);
      }
      acked(sending, ack);
    } else if (!(answer instanceof IngressAnswer.Nack nack && ledger.refused(nack.code()))) {
      violated(Promise.ANSWER, number, "is no ack: " + answer);
    }
  }

  private void acked(Sending sending, IngressAnswer.Ack ack) {
    boolean repeated = sending.kind() == Kind.TOLD || sending.kind() == Kind.ACKED;
    if (ack.duplicate() && sending.kind() == Kind.FIRST || !ack.duplicate() && repeated) {
      violated(
          Promise.DUPLICATE, sending.number(), "%s, answered %s".formatted(sending.kind(), ack));
    }
    IngressAnswer.Ack first = firstAnswers.get(sending.number());
    if (sending.kind() == Kind.ACKED) {
      if (first != null && !isSame(first, ack)) {
        violated(Promise.DUPLICATE, sending.number(), "first %s, then %s".formatted(first, ack));
      }
      return;
    }
    answered++;
    ledger.acked(sending.number());
    firstAnswers.put(sending.number(), ack);
    if (firstAnswers.size() > KEPT_ACKS) {
      Iterator<Integer> oldest = firstAnswers.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  private static boolean isSame(IngressAnswer.Ack one, IngressAnswer.Ack other) {
    return one.users() == other.users()
        && one.sessions() == other.sessions()
        && one.held() == other.held();
  }

  private @Nullable Sending take(int number) {
    Sending next = awaited.peek();
    if (next != null && next.number() == number) {
      return awaited.poll();
    }
    for (Iterator<Sending> rest = awaited.iterator(); rest.hasNext(); ) {
      Sending sending = rest.next();
      if (sending.number() == number) {
        rest.remove();
        violated(Promise.ANSWER, number, "was answered out of order");
        return sending;
      }
    }
    return null;
  }

  void violated(Promise promise, int number, String detail) {
    String id = number < 0 ? "" : ledger.script().id(number);
    ledger.violations().add(promise, "publisher " + publisher, id, detail);
  }
}
