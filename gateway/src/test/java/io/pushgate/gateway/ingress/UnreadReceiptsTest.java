package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.pushgate.gateway.broker.ReceiptTo;
import io.pushgate.gateway.ingress.FakeRouter.Mode;
import io.pushgate.gateway.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is held for a publisher whose socket takes none of his receipts. */
class UnreadReceiptsTest {
  private final FakeRouter router = new FakeRouter(Mode.AT_ONCE);
  private final Metrics metrics = new Metrics();
  private StuckChannel channel;

  @BeforeEach
  void connect() {
    channel = new StuckChannel();
    channel
        .pipeline()
        .addLast(
            new IngressInitializer(
                router, IngressServer.CONFIG, Optional.empty(), metrics, IngressServer.room()));
  }

  @AfterEach
  void stop() {
    channel.finishAndReleaseAll();
    router.close();
    metrics.close();
  }

  @Test
  void readsOnePageOfAJournalUntilTheSocketHasTakenIt() {
    int count = 20 * IngressLimits.RECEIPT_PAGE;
    router.receipts.add("billing", ids(count));
    send("{\"op\":\"hello\",\"publisher\":\"billing\"}\n");
    router.receipts.add("billing", "last");
    channel.runPendingTasks();
    assertThat(router.receipts.reads()).isEqualTo(1);
    assertThat(channel.unsentBytes()).isLessThan(IngressLimits.RECEIPT_PAGE * 256L);

    assertThat(receipts(channel.unstick().lines().toList()))
        .hasSize(count + 1)
        .startsWith("id-0", "id-1")
        .endsWith("id-" + (count - 1), "last");
  }

  @Test
  void answersBetweenTheReceiptsOfAPublisherThatReadsLate() {
    router.receipts.add("billing", ids(3 * IngressLimits.RECEIPT_PAGE));
    send("{\"op\":\"hello\",\"publisher\":\"billing\"}\n{\"op\":\"ping\"}\n");
    send("{\"op\":\"ping\"}\n".repeat(1_000));
    assertThat(channel.config().isAutoRead()).isTrue();
    List<String> lines = channel.unstick().lines().toList();
    assertThat(lines.get(0)).startsWith("{\"op\":\"ok\"");
    assertThat(lines.stream().filter(line -> line.contains("pong"))).hasSize(1_001);
    assertThat(receipts(lines)).hasSize(3 * IngressLimits.RECEIPT_PAGE);
  }

  @Test
  void losesTheOldestOfAPublisherWithoutANameAndSaysSo() {
    send("{\"op\":\"push\",\"to\":\"alice\",\"data\":1,\"receipt\":true}\n");
    int lost = 10;
    int count = 1 + IngressLimits.MAX_PASSING_RECEIPTS + lost;
    ReceiptTo.Connection connection = (ReceiptTo.Connection) router.addressees().get(0);
    for (String id : ids(count)) {
      router.receipts.tell(connection.key(), id);
      channel.runPendingTasks();
    }
    List<String> lines = channel.unstick().lines().toList();
    assertThat(lines.get(0)).startsWith("{\"op\":\"ack\"");
    // The first was on its way already.
    assertThat(lines.get(1)).contains("\"id\":\"id-0\"");
    assertThat(lines.get(2)).isEqualTo("{\"op\":\"gap\"}");
    assertThat(lines).containsOnlyOnce("{\"op\":\"gap\"}");
    assertThat(receipts(lines))
        .hasSize(count - lost)
        .startsWith("id-0", "id-" + (lost + 1))
        .endsWith("id-" + (count - 1));
    assertThat(metrics.scrape())
        .contains("pushgate_limit_hits_total{limit=\"ingress-receipts\"} 1.0");
  }

  @Test
  void readsAgainWhatCameBetweenAPageAndItsArrival() {
    router.receipts.late();
    send("{\"op\":\"hello\",\"publisher\":\"billing\"}\n");
    assertThat(router.receipts.reads()).isEqualTo(1);
    router.receipts.arrive();
    router.receipts.add("billing", "a");
    channel.runPendingTasks();
    router.receipts.arrive();
    assertThat(receipts(channel.unstick().lines().toList())).containsExactly("a");
    assertThat(router.receipts.reads()).isEqualTo(2);
  }

  private void send(String lines) {
    channel.writeInbound(Unpooled.copiedBuffer(lines, StandardCharsets.UTF_8));
  }

  private static List<String> receipts(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("{\"op\":\"receipt\""))
        .map(line -> line.replaceFirst(".*\"id\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  private static String[] ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "id-" + i).toArray(String[]::new);
  }
}
