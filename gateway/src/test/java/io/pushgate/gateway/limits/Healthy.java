package io.pushgate.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.Publisher;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;

/** A session and a publisher that do nothing wrong, and so have to be served whatever others do. */
final class Healthy {
  private static final String USER = "healthy@example.com";

  private final GatewayExtension gateway;
  private final StreamClient session;
  private final Publisher publisher;
  private int pushes;

  Healthy(GatewayExtension gateway) throws IOException {
    this.gateway = gateway;
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

  /** Somebody who goes past a limit, and sees what comes of it. */
  interface Offender {
    void offend() throws IOException;
  }

  /**
   * Three times somebody goes past a limit, which is counted, and of whom nothing is left each
   * time.
   *
   * @param port what the metrics call the port, to which one of the two here is connected
   */
  void isServedBeside(Offender offender, String limit, String port) throws IOException {
    for (int i = 1; i <= 3; i++) {
      offender.offend();
      isServed();
      assertThat(gateway.limitHits(limit)).isGreaterThanOrEqualTo(i);
      Waiting.until(
          "all but the healthy are gone",
          () -> gateway.metric("pushgate_connections{port=\"%s\"}".formatted(port)) == 1);
    }
  }
}
