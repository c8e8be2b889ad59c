package io.pushgate.gateway.session;

import io.pushgate.gateway.session.SessionRequest.Format;
import io.pushgate.gateway.testing.TestBroker;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What only a WebSocket does, once on each broker. */
@ParameterizedClass
@MethodSource("onEachBroker")
abstract class WebSocketContract extends SessionNode {

  static Stream<Arguments> onEachBroker() {
    return Stream.of(TestBroker.values()).map(broker -> Arguments.of(Format.WEBSOCKET, broker));
  }
}
