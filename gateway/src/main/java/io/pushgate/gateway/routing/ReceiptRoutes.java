package io.pushgate.gateway.routing;

import io.pushgate.gateway.broker.Receipt;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which connections of this node hear of which receipts. What it holds lives with the connections,
 * whose number is bounded. <em>Any thread.</em>
 */
final class ReceiptRoutes {
  /** Lists are immutable and replaced; a name that nobody follows is not there. */
  private final Map<String, List<Runnable>> followers = new ConcurrentHashMap<>();

  private final Map<Long, Consumer<Receipt>> connections = new ConcurrentHashMap<>();

  /** Keys are kept with what was pushed, so another process of the store must not meet them. */
  private final AtomicLong keys = new AtomicLong(new SecureRandom().nextLong());

  /** Has {@code more} run whenever there are more receipts, until the returned is run. */
  Runnable follow(String publisher, Runnable more) {
    followers.compute(publisher, (name, present) -> with(present, more));
    return () -> followers.computeIfPresent(publisher, (name, all) -> without(all, more));
  }

  /** There are more receipts of this publisher. */
  void more(String publisher) {
    followers.getOrDefault(publisher, List.of()).forEach(Runnable::run);
  }

  /** Names a connection to which receipts are told. */
  long remember(Consumer<Receipt> receipts) {
    long key = keys.incrementAndGet();
    connections.put(key, receipts);
    return key;
  }

  void forget(long key) {
    connections.remove(key);
  }

  /** A receipt for one connection; one that is gone is told nothing. */
  void tell(long key, Receipt receipt) {
    Consumer<Receipt> receipts = connections.get(key);
    if (receipts != null) {
      receipts.accept(receipt);
    }
  }

  /** How many names are followed and connections remembered. */
  int size() {
    return followers.size() + connections.size();
  }

  private static List<Runnable> with(@Nullable List<Runnable> present, Runnable follower) {
    List<Runnable> all = new ArrayList<>(present == null ? List.of() : present);
    all.add(follower);
    return List.copyOf(all);
  }

  private static @Nullable List<Runnable> without(List<Runnable> all, Runnable follower) {
    List<Runnable> others = all.stream().filter(each -> each != follower).toList();
    return others.isEmpty() ? null : others;
  }
}
