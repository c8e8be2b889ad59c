package io.pushgate.gateway.session;

import io.pushgate.gateway.session.SessionRequest.Format;
import io.pushgate.gateway.testing.TestBroker;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs once for each encoding on each broker: two encoders of one session. */
@ParameterizedClass
@MethodSource("encodingsOnBrokers")
abstract class SessionContract extends SessionNode {

  static Stream<Arguments> encodingsOnBrokers() {
    return Stream.of(Format.values())
        .flatMap(
            format -> Stream.of(TestBroker.values()).map(broker -> Arguments.of(format, broker)));
  }
}
