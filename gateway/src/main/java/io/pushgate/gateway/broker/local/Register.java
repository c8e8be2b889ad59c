package io.pushgate.gateway.broker.local;

import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.broker.Trace;
import io.pushgate.protocol.UserId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pushes that are remembered, by their ids: those of this turn, and behind them the store.
 * <em>Lane only.</em>
 */
final class Register {
  private final Store store;
  private final Turn turn;

  /** Those of this turn, so that each is one object for all who change it. */
  private final Map<String, Tracked> known = new HashMap<>();

  private final Map<String, Tracked> changed = new LinkedHashMap<>();
  private final Map<Place, Trace.Delivery> deliveries = new LinkedHashMap<>();

  /** A push to several, in one of its journals. */
  private record Place(String id, JournalId journal) {}

  Register(Store store, Turn turn) {
    this.store = store;
    this.turn = turn;
  }

  /** The newest push of this id, whether or not its window is over; null where none is known. */
  @Nullable Tracked find(String id) throws IOException {
    Tracked here = known.get(id);
    if (here != null) {
      return here;
    }
    byte[] value = store.get(Keys.id(id));
    if (value == null) {
      return null;
    }
    Tracked stored = Tracked.read(id, value);
    known.put(id, stored);
    return stored;
  }

  /** A push begins, and takes the place of an earlier one of its id. */
  void add(Tracked push, @Nullable Tracked earlier) throws IOException {
    if (earlier != null && earlier.several) {
      forgetDeliveries(push.id);
    }
    changed(push);
  }

  /** Stores it at the end of the turn. */
  void changed(Tracked push) {
    known.put(push.id, push);
    changed.put(push.id, push);
  }

  Trace.@Nullable Delivery delivery(Tracked push, JournalId journal) throws IOException {
    if (!push.several) {
      return push.only;
    }
    Trace.Delivery here = deliveries.get(new Place(push.id, journal));
    if (here != null) {
      return here;
    }
    byte[] value = store.get(Keys.delivery(Keys.name(push.id), Keys.name(journal)));
    return value == null ? null : Tracked.readDelivery(journal, new RecordReader(value));
  }

  /** How the push stands in all its journals. */
  List<Trace.Delivery> deliveries(Tracked push) throws IOException {
    if (!push.several) {
      return push.only == null ? List.of() : List.of(push.only);
    }
    Map<JournalId, Trace.Delivery> all = new LinkedHashMap<>();
    try (Store.View view = store.view()) {
      for (Trace.Delivery stored : deliveries(view, push)) {
        all.put(stored.journal(), stored);
      }
    }
    deliveries.forEach(
        (place, delivery) -> {
          if (place.id().equals(push.id)) {
            all.put(place.journal(), delivery);
          }
        });
    return List.copyOf(all.values());
  }

  /** The same, as far as it is stored, of a push to several. <em>Any thread.</em> */
  static List<Trace.Delivery> deliveries(Store.View view, Tracked push) throws IOException {
    List<Trace.Delivery> all = new ArrayList<>();
    byte[] name = Keys.name(push.id);
    byte[] from = Keys.of(Keys.DELIVERY, name);
    try (Store.Walk walk = view.walk(from, Keys.behind(Keys.DELIVERY, name))) {
      while (walk.next()) {
        String journal = new RecordReader(walk.key(), from.length).name();
        Trace.Delivery delivery =
            Tracked.readDelivery(Keys.journal(journal), new RecordReader(walk.value()));
        if (delivery.offset() >= push.firstOffset) { // Else it is of an earlier push of this id.
          all.add(delivery);
        }
      }
    }
    return all;
  }

  void put(Tracked push, Trace.Delivery delivery) {
    if (push.several) {
      deliveries.put(new Place(push.id, delivery.journal()), delivery);
    } else {
      push.only = delivery;
      changed(push);
    }
  }

  /** The push is forgotten as far as this user goes. */
  void forget(Tracked push, UserId user) {
    JournalId journal = JournalId.of(user);
    if (push.several) {
      deliveries.remove(new Place(push.id, journal));
      turn.delete(Keys.delivery(Keys.name(push.id), Keys.name(journal)));
    } else if (push.only != null && journal.equals(push.only.journal())) {
      push.only = null;
      changed(push);
    }
  }

  /** Nothing asks for the push any more. */
  void forget(Tracked push) throws IOException {
    changed.remove(push.id);
    turn.delete(Keys.id(push.id));
    if (push.several) {
      forgetDeliveries(push.id);
    }
  }

  private void forgetDeliveries(String id) throws IOException {
    deliveries.keySet().removeIf(place -> place.id().equals(id));
    byte[] name = Keys.name(id);
    try (Store.View view = store.view();
        Store.Walk walk =
            view.walk(Keys.of(Keys.DELIVERY, name), Keys.behind(Keys.DELIVERY, name))) {
      while (walk.next()) {
        turn.delete(walk.key());
      }
    }
  }

  void flush() {
    changed.forEach((id, push) -> turn.put(Keys.id(id), push.write(turn.records())));
    deliveries.forEach(
        (place, delivery) -> {
          Tracked.writeDelivery(delivery, turn.records());
          byte[] value = turn.records().take();
          turn.put(Keys.delivery(Keys.name(place.id()), Keys.name(place.journal())), value);
        });
  }

  void clear() {
    known.clear();
    changed.clear();
    deliveries.clear();
  }
}
