package io.pushgate.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.Publisher;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.StreamRequest;
import io.pushgate.gateway.testing.TestPush;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One session that reads nothing for a while, beside one that does. */
class SlowReaderTest {
  private static final String USER = "alice@example.com";
  private static final int PUSHES = 400;

  /** All of them are far more than the kernel takes for a reader that does not read. */
  private static final String DATA = "\"%d " + "x".repeat(48 * 1024) + "\"";

  @RegisterExtension final GatewayExtension gateway = GatewayExtension.with("journal-bytes=64MiB");

  @ParameterizedTest
  @EnumSource
  void whoReadsNothingForAWhileLosesNothingAndHoldsNobodyUp(StreamKind kind) throws Exception {
    StreamClient slow = gateway.open(kind, StreamRequest.of(USER).receiveBuffer(16 * 1024));
    StreamClient healthy = gateway.open(kind, USER);
    Publisher publisher = gateway.publisher();
    slow.pause();

    Stream.iterate(0, n -> n + 1)
        .limit(PUSHES)
        .forEach(n -> publisher.push(TestPush.to(USER).data(DATA.formatted(n))).settle());
    List<String> seen = healthy.nextData(PUSHES);
    assertThat(seen.stream().map(SlowReaderTest::number))
        .containsExactlyElementsOf(Stream.iterate(0, n -> n + 1).limit(PUSHES).toList());
    assertThat(StreamSupport.stream(gateway.sessions(USER).spliterator(), false))
        .as("one of the two waits")
        .anyMatch(SlowReaderTest::isBehind);

    slow.resume();
    assertThat(slow.nextData(PUSHES)).isEqualTo(seen);
  }

  private static boolean isBehind(JsonNode session) {
    return session.path("behind").asInt() > 0;
  }

  private static int number(String data) {
    return Integer.parseInt(data.substring(0, data.indexOf(' ')));
  }
}
