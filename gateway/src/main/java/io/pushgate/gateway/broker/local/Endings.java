package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.Receipt;
import io.pushgate.gateway.broker.Trace;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.DeliveryState;
import io.pushgate.protocol.ingress.ReceiptEvent;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes down how each notification ended in each journal, once, and tells whoever asked for a
 * receipt. <em>Lane only.</em>
 */
final class Endings {
  private final Register register;
  private final Receipts receipts;
  private final long dedupeMillis;

  Endings(Register register, Receipts receipts, long dedupeMillis) {
    this.register = register;
    this.receipts = receipts;
    this.dedupeMillis = dedupeMillis;
  }

  /** A push got its place in a journal. */
  void begins(Tracked push, Journal journal, Item item) {
    if (push.firstOffset == 0) {
      push.firstOffset = item.offset();
    }
    register.put(
        push,
        new Trace.Delivery(journal.id(), item.offset(), DeliveryState.HELD, push.journalledMillis));
    if (!item.passing()) {
      push.holding++;
      push.endedMillis = 0;
    }
  }

  /** A user acknowledged what was sent to him; the entry stays held. */
  void acknowledged(Journal journal, Item item, long nowMillis) throws IOException {
    end(journal, item, DeliveryState.ACKNOWLEDGED, nowMillis);
    journal.acknowledged(item);
  }

  /** A user acknowledged a broadcast. */
  void acknowledgedByOne(Item broadcast) throws IOException {
    Tracked push = register.find(broadcast.id());
    if (push != null && push.firstOffset == broadcast.offset()) {
      push.acknowledged++;
      register.changed(push);
    }
  }

  /** The entry leaves its journal, in this state unless it was acknowledged before. */
  void left(Journal journal, Item item, DeliveryState state, long nowMillis) throws IOException {
    Tracked push = end(journal, item, state, nowMillis);
    if (push == null || item.passing()) {
      return;
    }
    push.left(nowMillis);
    if (push.over(nowMillis, dedupeMillis)) {
      register.forget(push);
    } else {
      register.changed(push);
    }
  }

  /** Answers the push that the item came from, where it is still remembered. */
  private @Nullable Tracked end(Journal journal, Item item, DeliveryState state, long nowMillis)
      throws IOException {
    if (item.recall()) {
      return null;
    }
    Tracked push = register.find(item.id());
    Trace.Delivery delivery = push == null ? null : register.delivery(push, journal.id());
    boolean open = journal.isOpen(item);
    if (push == null || delivery == null || delivery.offset() != item.offset()) {
      push = null; // Forgotten, or its id was used again since.
    } else {
      open = delivery.state() == DeliveryState.HELD;
      if (open) {
        register.put(push, new Trace.Delivery(journal.id(), item.offset(), state, nowMillis));
      }
    }
    UserId user = journal.id().user();
    if (open && item.receiptTo() != null && user != null) {
      receipts.tell(item.receiptTo(), new Receipt(0, item.id(), user, event(state), nowMillis));
    }
    return push;
  }

  private static ReceiptEvent event(DeliveryState state) {
    return switch (state) {
      case EXPIRED -> ReceiptEvent.EXPIRED;
      case TRIMMED -> ReceiptEvent.TRIMMED;
      case RECALLED -> ReceiptEvent.RECALLED;
      case ACKNOWLEDGED, HELD, SENT -> ReceiptEvent.DELIVERED;
    };
  }

  /** A user is forgotten: nobody is told how these pushes ended for him. */
  void forget(UserId user, List<String> pushes) throws IOException {
    for (String id : pushes) {
      Tracked push = register.find(id);
      if (push != null) {
        register.forget(push, user);
      }
    }
  }

  /** A user is forgotten who still held this. */
  void forgotten(Item item, UserId user, long nowMillis) throws IOException {
    Tracked push = item.recall() ? null : register.find(item.id());
    if (push != null && push.firstOffset <= item.offset()) {
      push.left(nowMillis);
      register.changed(push);
      register.forget(push, user);
    }
  }

  /** Forgets a push that nothing asks for any more. */
  void forgetIfOver(String id, long nowMillis) throws IOException {
    Tracked push = register.find(id);
    if (push != null && push.over(nowMillis, dedupeMillis)) {
      register.forget(push);
    }
  }
}
