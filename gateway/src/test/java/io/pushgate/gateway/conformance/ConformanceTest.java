package io.pushgate.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.config.GatewayConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, case by case, against a session and an echo, on each kind of wire. */
class ConformanceTest {

  @ParameterizedTest
  @ValueSource(strings = {"auto", "nio"})
  void everyVerdictIsTheOneThatIsKept(String transport) throws Exception {
    Verdicts verdicts = new Verdicts();
    Gateway gateway =
        Gateway.start(
            GatewayConfig.of("echo=true", "broker=memory", "transport=" + transport)
                .withFreePorts());
    try {
      InetSocketAddress address = gateway.bound().publicAddress();
      playAll(new Play(address), verdicts);
    } finally {
      gateway.close();
    }
    assertThat(verdicts.count()).isGreaterThan(700);
    verdicts.compare(transport);
  }

  private static void playAll(Play play, Verdicts verdicts) throws IOException {
    for (Map.Entry<String, String> head : HandshakeCases.all().entrySet()) {
      for (Path path : Path.values()) {
        verdicts.add(head.getKey(), path, play.handshake(head.getValue(), path));
      }
    }
    Table table = new Table();
    FramingCases.addTo(table);
    FragmentCases.addTo(table);
    ControlCases.addTo(table);
    TextCases.addTo(table);
    for (Case played : table.cases()) {
      for (Path path : Path.values()) {
        verdicts.add(played.id, path, play.frames(played, path));
      }
    }
  }
}
