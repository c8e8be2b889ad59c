package io.pushgate.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.broker.Receipt;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.ReceiptEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptRoutesTest {
  private final ReceiptRoutes routes = new ReceiptRoutes();
  private final List<Object> told = new ArrayList<>();

  @Test
  void tellsEveryFollowerOfANameUntilItStops() {
    Runnable first = routes.follow("billing", () -> told.add("first"));
    Runnable second = routes.follow("billing", () -> told.add("second"));
    routes.follow("shipping", () -> told.add("shipping"));
    routes.more("billing");
    assertThat(told).containsExactly("first", "second");
    first.run();
    routes.more("billing");
    assertThat(told).containsExactly("first", "second", "second");
    second.run();
    routes.more("billing");
    assertThat(told).hasSize(3);
  }

  @Test
  void tellsAConnectionUntilItIsForgotten() {
    Receipt receipt = new Receipt(0, "i", UserId.of("alice"), ReceiptEvent.EXPIRED, 1);
    long key = routes.remember(told::add);
    long other = routes.remember(told::add);
    assertThat(other).isNotEqualTo(key);
    assertThat(new ReceiptRoutes().remember(told::add)).isNotIn(key, other);
    routes.tell(key, receipt);
    assertThat(told).containsExactly(receipt);
    routes.forget(key);
    routes.tell(key, receipt);
    assertThat(told).hasSize(1);
  }

  @Test
  void keepsNothingForThoseThatAreGone() {
    for (int i = 0; i < 100; i++) {
      Runnable stop = routes.follow("name-" + i, () -> told.add("more"));
      stop.run();
      stop.run();
      routes.forget(routes.remember(told::add));
    }
    assertThat(routes.size()).isZero();
  }
}
