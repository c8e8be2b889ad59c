package io.pushgate.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.Publisher;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.TestPush;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In which order the sessions of a user see what was pushed to him without waiting. */
class OrderTest {
  private static final int PUSHES = 20_000;
  private static final String USER = "alice@example.com";

  @RegisterExtension
  final GatewayExtension gateway =
      GatewayExtension.with("journal-count=" + PUSHES, "journal-bytes=16MiB");

  @ParameterizedTest
  @EnumSource
  void pipelinedPushesComeInTheirOrderToEachSessionOfTheUser(StreamKind kind) throws Exception {
    StreamClient one = gateway.open(kind, USER);
    StreamClient other = gateway.open(kind, USER);
    Publisher publisher = gateway.publisher();

    TestPush.to(USER).times(PUSHES).forEach(publisher::push);
    publisher.settle();

    List<String> seen = one.nextData(PUSHES);
    assertThat(other.nextData(PUSHES)).isEqualTo(seen);
    assertThat(seen).doesNotHaveDuplicates();
    // What had to be repeated came later; all others stand where they were put.
    assertThat(seen.stream().filter(n -> !publisher.repeated().contains(n)))
        .containsExactlyElementsOf(
            IntStream.range(0, PUSHES)
                .mapToObj(Integer::toString)
                .filter(n -> !publisher.repeated().contains(n))
                .toList());
  }
}
