package io.pushgate.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.Publisher;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.TestPush;
import java.io.IOException;

/** A session and a publisher that do nothing wrong, and so have to be served whatever others do. */
final class Healthy {
  private static final String USER = "healthy@example.com";

  private final StreamClient session;
  private final Publisher publisher;
  private int pushes;

  Healthy(GatewayExtension gateway) throws IOException {
    session = gateway.open(StreamKind.WEBSOCKET, USER);
    publisher = gateway.publisher();
    isServed(); // A publisher that says nothing is sent away, however healthy.
  }

  /** Pushes a few and sees them arrive, in their order. */
  void isServed() {
    for (int i = 0; i < 5; i++) {
      String data = "push " + pushes++;
      publisher.push(TestPush.to(USER).data('"' + data + '"')).settle();
      assertThat(session.nextData(1)).containsExactly(data);
    }
  }
}
