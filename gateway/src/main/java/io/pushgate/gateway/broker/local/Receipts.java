package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.broker.Receipt;
import io.pushgate.gateway.broker.ReceiptTo;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.ReceiptEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The receipts of all publishers that have a name, each publisher's a journal, bounded together by
 * their count. <em>Lane only.</em>
 */
final class Receipts {
  private final Store store;
  private final Turn turn;
  private final Meta meta;
  private final long maxCount;
  private final Supplier<Broker.Listener> listener;
  private final Map<String, PublisherHead> heads = new HashMap<>();

  /** What was appended in this turn, for the publishers that it went to. */
  private final Map<String, TreeSet<Long>> fresh = new LinkedHashMap<>();

  private long count;

  Receipts(Store store, Turn turn, Meta meta, long maxCount, Supplier<Broker.Listener> listener) {
    this.store = store;
    this.turn = turn;
    this.meta = meta;
    this.maxCount = maxCount;
    this.listener = listener;
  }

  /** Reads the heads from the store. */
  void load() throws IOException {
    heads.clear();
    fresh.clear();
    count = 0;
    try (Store.View view = store.view();
        Store.Walk walk = view.walk(Keys.start(Keys.PUBLISHER), Keys.end(Keys.PUBLISHER))) {
      while (walk.next()) {
        PublisherHead head = PublisherHead.read(walk.value());
        heads.put(new RecordReader(walk.key(), 1).name(), head);
        count += head.count();
      }
    }
  }

  /** Tells whoever asked how a notification ended for a user. */
  void tell(ReceiptTo to, Receipt receipt) throws IOException {
    if (to instanceof ReceiptTo.Connection connection) {
      turn.then(() -> listener.get().receipt(connection.key(), receipt), failure -> {});
    } else if (to instanceof ReceiptTo.Publisher publisher) {
      append(publisher.name(), receipt);
    }
  }

  private void append(String publisher, Receipt receipt) throws IOException {
    long offset = meta.next();
    turn.put(key(publisher, offset), write(receipt, turn.records()));
    heads.merge(
        publisher, PublisherHead.EMPTY.appended(offset), (head, first) -> head.appended(offset));
    if (fresh.computeIfAbsent(publisher, name -> new TreeSet<>()).isEmpty()) {
      turn.then(() -> listener.get().receipts(publisher), failure -> {});
    }
    fresh.get(publisher).add(offset);
    count++;
    while (count > maxCount) {
      dropOldest();
    }
  }

  private void dropOldest() throws IOException {
    String oldest = null;
    long lowest = Long.MAX_VALUE;
    for (Map.Entry<String, PublisherHead> each : heads.entrySet()) {
      long first = each.getValue().first();
      if (first > 0 && first < lowest) {
        oldest = each.getKey();
        lowest = first;
      }
    }
    if (oldest != null) {
      drop(oldest);
    }
  }

  private PublisherHead head(String publisher) {
    return heads.getOrDefault(publisher, PublisherHead.EMPTY);
  }

  private void drop(String publisher) throws IOException {
    PublisherHead head = head(publisher);
    turn.delete(key(publisher, head.first()));
    heads.put(publisher, head.dropped(after(publisher, head.first())));
    fresh.computeIfAbsent(publisher, name -> new TreeSet<>());
    count--;
  }

  /** The oldest receipt behind this offset, 0 for none. */
  private long after(String publisher, long offset) throws IOException {
    try (Store.View view = store.view();
        Store.Walk walk = walk(view, publisher, offset)) {
      if (walk.next()) {
        return Keys.lastNumber(walk.key());
      }
    }
    TreeSet<Long> appended = fresh.get(publisher);
    Long next = appended == null ? null : appended.higher(offset);
    return next == null ? 0 : next;
  }

  /** Drops what is older than this, and answers whether there may be more of it. */
  boolean dropOlderThan(long millis, int most) throws IOException {
    int dropped = 0;
    for (String publisher : List.copyOf(heads.keySet())) {
      while (dropped < most && isOlderThan(publisher, millis)) {
        drop(publisher);
        dropped++;
      }
    }
    return dropped == most;
  }

  private boolean isOlderThan(String publisher, long millis) throws IOException {
    long first = head(publisher).first();
    byte[] value = first == 0 ? null : store.get(key(publisher, first));
    return value != null && read(first, value).timestampMillis() <= millis;
  }

  /** Takes a user's receipts out, which stand at these keys. */
  void forget(List<byte[]> keys) throws IOException {
    for (byte[] key : keys) {
      RecordReader in = new RecordReader(key, 1);
      String publisher = in.name();
      long offset = in.fixed();
      PublisherHead head = head(publisher);
      if (head.first() == 0 || offset < head.first()) {
        continue; // It is gone already.
      }
      turn.delete(key);
      long first = offset == head.first() ? after(publisher, offset) : head.first();
      heads.put(publisher, new PublisherHead(head.trimmedThrough(), first, head.count() - 1));
      fresh.computeIfAbsent(publisher, name -> new TreeSet<>());
      count--;
    }
  }

  void flush() {
    for (String publisher : fresh.keySet()) {
      byte[] key = Keys.of(Keys.PUBLISHER, Keys.name(publisher));
      turn.put(key, head(publisher).write(turn.records()));
    }
  }

  void settle() {
    fresh.clear();
  }

  static PublisherHead head(Store.View view, String publisher) throws IOException {
    byte[] head = view.get(Keys.of(Keys.PUBLISHER, Keys.name(publisher)));
    return head == null ? PublisherHead.EMPTY : PublisherHead.read(head);
  }

  /** Goes through a publisher's receipts behind an offset. */
  static Store.Walk walk(Store.View view, String publisher, long after) throws IOException {
    byte[] name = Keys.name(publisher);
    return view.walk(Keys.of(Keys.RECEIPT, name, after + 1), Keys.behind(Keys.RECEIPT, name));
  }

  /** Where the receipts of this user stand. */
  static List<byte[]> keysOf(UserId user, Store.View view) throws IOException {
    List<byte[]> keys = new ArrayList<>();
    try (Store.Walk walk = view.walk(Keys.start(Keys.RECEIPT), Keys.end(Keys.RECEIPT))) {
      while (walk.next()) {
        if (read(0, walk.value()).user().equals(user)) {
          keys.add(walk.key());
        }
      }
    }
    return keys;
  }

  private static byte[] key(String publisher, long offset) {
    return Keys.of(Keys.RECEIPT, Keys.name(publisher), offset);
  }

  private static byte[] write(Receipt receipt, RecordWriter out) {
    return out.text(receipt.id())
        .text(receipt.user().value())
        .text(receipt.event().wire())
        .number(receipt.timestampMillis())
        .take();
  }

  static Receipt read(long offset, byte[] value) {
    RecordReader in = new RecordReader(value);
    String id = in.text();
    UserId user = UserId.of(in.text());
    ReceiptEvent event = Objects.requireNonNull(ReceiptEvent.of(in.text()), "event");
    return new Receipt(offset, id, user, event, in.number());
  }
}
