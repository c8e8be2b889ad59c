package io.pushgate.gateway.broker.local;

import java.util.ArrayList;
import java.util.List;

/**
 * The head of a journal: what is known of it beside its entries. <em>Immutable.</em>
 *
 * @param trimmedThrough something up to this offset was dropped by a bound
 * @param user the furthest place of his own journal that the user acknowledged, {@link #NONE} for
 *     none
 * @param everyone the same in everyone's journal
 * @param movedMillis when the acknowledged place last moved
 * @param passedOver held entries before the acknowledged place that were not acknowledged with it,
 *     since they had not been sent
 */
record Head(
    long trimmedThrough, long user, long everyone, long movedMillis, List<Long> passedOver) {
  static final long NONE = -1;

  Head {
    passedOver = List.copyOf(passedOver);
  }

  static Head empty(long trimmedThrough) {
    return new Head(trimmedThrough, NONE, NONE, 0, List.of());
  }

  /** The same without a place that nobody moved for so long. */
  Head at(long nowMillis, long ageMillis) {
    boolean old = placed() && nowMillis - movedMillis >= ageMillis;
    return old ? new Head(trimmedThrough, NONE, NONE, 0, passedOver) : this;
  }

  boolean placed() {
    return user != NONE || everyone != NONE;
  }

  byte[] write(RecordWriter out) {
    out.number(trimmedThrough).number(user + 1).number(everyone + 1).number(movedMillis);
    out.number(passedOver.size());
    for (long offset : passedOver) {
      out.number(offset);
    }
    return out.take();
  }

  static Head read(byte[] value) {
    RecordReader in = new RecordReader(value);
    long trimmedThrough = in.number();
    long user = in.number() - 1;
    long everyone = in.number() - 1;
    long moved = in.number();
    int count = (int) in.number();
    List<Long> passedOver = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      passedOver.add(in.number());
    }
    return new Head(trimmedThrough, user, everyone, moved, passedOver);
  }
}
