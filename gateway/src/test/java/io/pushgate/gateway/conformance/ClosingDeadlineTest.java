package io.pushgate.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.HttpCall;
import io.pushgate.gateway.testing.PushForm;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.gateway.websocket.ClientBytes;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Peers that do not do their part of a closing handshake (RFC 6455, section 7.1.1). */
class ClosingDeadlineTest {
  private static final byte[] VIOLATION = ClientBytes.frame(0x83, "");

  @RegisterExtension
  final GatewayExtension gateway = GatewayExtension.with("echo=true", "heartbeat=10m");

  @Test
  void cutsAPeerThatNeverEndsItsSide() throws IOException {
    List<Line> lines = new ArrayList<>();
    try {
      for (Path path : Path.values()) {
        for (byte[] last : List.of(VIOLATION, ClientBytes.close(1000, ""))) {
          Line line = Line.open(gateway.bound().publicAddress(), path);
          lines.add(line);
          line.send(last, last.length, false).join();
          assertThat(line.frame().isClose()).isTrue();
          assertThat(line.rest()).isEqualTo("end");
        }
      }

      Waiting.until("they are cut off", () -> connections() == 0);
    } finally {
      for (Line line : lines) {
        line.close();
      }
    }
  }

  @Test
  void cutsAPeerThatDoesNotTakeTheClose() throws Exception {
    try (Line line = Line.narrow(gateway.bound().publicAddress(), Path.SESSION)) {
      for (int i = 0; i < 16; i++) {
        gateway.push(PushForm.JSON_LINES, TestPush.to("alice").size(60_000));
      }
      line.send(VIOLATION, VIOLATION.length, false).join();
      Waiting.until("it is no session any more", () -> gateway.sessions("alice").isEmpty());
      Waiting.until("it is cut off", () -> connections() == 0);

      assertThat(wordsOf(line)).isNotEmpty().allMatch("notification"::equals);
    }
  }

  private static List<String> wordsOf(Line line) throws IOException {
    List<String> words = new ArrayList<>();
    try {
      while (true) {
        words.add(line.frame().words());
      }
    } catch (EOFException | SocketException end) {
      return words;
    }
  }

  private int connections() {
    String metrics = HttpCall.get(gateway.bound().adminAddress(), "/metrics").body();
    return metrics
        .lines()
        .filter(line -> line.startsWith("pushgate_connections{port=\"public\"} "))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' '))))
        .findFirst()
        .orElseThrow();
  }
}
