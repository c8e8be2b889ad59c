package io.pushgate.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.pushgate.protocol.CloseCode;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.ReceiptEvent;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Metrics metrics = new Metrics();

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void everyEventIsCountedUnderItsName() {
    metrics.connectionAccepted(Port.PUBLIC);
    metrics.connectionAccepted(Port.PUBLIC);
    metrics.connectionClosed(Port.PUBLIC);
    metrics.received(Port.INGRESS, 100);
    metrics.sent(Port.PUBLIC, 50);
    metrics.publisherSpeaks("json");
    metrics.malformedFrame(Port.INGRESS);
    metrics.limitHit("max-connections");
    metrics.handshake("not_found");
    metrics.refused("location_missing", 0);
    metrics.refused("limit", 1);
    metrics.cut("burst", 12);
    metrics.pushAcked();
    metrics.pushNacked(NackCode.TOO_LARGE);
    metrics.receiptTold(ReceiptEvent.EXPIRED);
    metrics.receiptGapTold();
    metrics.delivered(3, 300);
    metrics.acknowledged();
    metrics.gapTold();
    metrics.sessionPaused();
    metrics.heartbeatMissed();
    metrics.sessionClosed(CloseCode.REPLACED);
    assertThat(lines())
        .contains(
            "pushgate_connections{port=\"public\"} 1.0",
            "pushgate_connections_accepted_total{port=\"public\"} 2.0",
            "pushgate_connections_closed_total{port=\"public\"} 1.0",
            "pushgate_received_bytes_total{port=\"ingress\"} 100.0",
            "pushgate_sent_bytes_total{port=\"public\"} 50.0",
            "pushgate_publishers_total{form=\"json\"} 1.0",
            "pushgate_malformed_frames_total{port=\"ingress\"} 1.0",
            "pushgate_limit_hits_total{limit=\"max-connections\"} 1.0",
            "pushgate_handshakes_total{outcome=\"not_found\"} 1.0",
            "pushgate_handshakes_total{outcome=\"accepted\"} 0.0",
            "pushgate_refusals_total{cause=\"location_missing\"} 0.0",
            "pushgate_refusals_total{cause=\"limit\"} 1.0",
            "pushgate_cuts_total{kind=\"burst\"} 12.0",
            "pushgate_cuts_total{kind=\"silence\"} 0.0",
            "pushgate_pushes_total{outcome=\"acked\"} 1.0",
            "pushgate_pushes_total{outcome=\"too_large\"} 1.0",
            "pushgate_pushes_total{outcome=\"unavailable\"} 0.0",
            "pushgate_receipts_total{event=\"expired\"} 1.0",
            "pushgate_receipts_total{event=\"delivered\"} 0.0",
            "pushgate_receipt_gaps_total 1.0",
            "pushgate_deliveries_total 3.0",
            "pushgate_delivered_bytes_total 300.0",
            "pushgate_acknowledgements_total 1.0",
            "pushgate_gaps_total 1.0",
            "pushgate_session_pauses_total 1.0",
            "pushgate_heartbeats_missed_total 1.0",
            "pushgate_sessions_closed_total{code=\"4409\"} 1.0",
            "pushgate_sessions_closed_total{code=\"1012\"} 0.0");
  }

  @Test
  void whatIsWatchedIsReadAtTheScrape() {
    long[] sessions = {1};
    metrics.watchSessions("websocket", () -> sessions[0]);
    metrics.watchUsers(() -> 2);
    metrics.journals().watch(() -> 3, () -> 4, () -> true);
    metrics.journals().watchLoads(() -> 5);
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    metrics.memory().watchAllocator(allocator.metric());
    sessions[0] = 7;
    assertThat(lines())
        .contains(
            "pushgate_sessions{transport=\"websocket\"} 7.0",
            "pushgate_users 2.0",
            "pushgate_journals 3.0",
            "pushgate_journals_bytes 4.0",
            "pushgate_journals_available 1.0",
            "pushgate_journals_entries_loaded_total 5.0",
            "pushgate_buffer_memory_bytes{memory=\"direct\"} 0.0",
            "pushgate_buffer_memory_bytes{memory=\"heap\"} 0.0");
    assertThat(metrics.scrape()).contains("jvm_memory_used_bytes", "process_files_open_files");
  }

  @Test
  void strangersCannotMakeLabelsWithoutBound() {
    for (int i = 0; i < 1_000; i++) {
      metrics.limitHit("limit-" + i);
    }
    assertThat(lines().stream().filter(line -> line.startsWith("pushgate_limit_hits_total{")))
        .hasSizeLessThan(70)
        .contains("pushgate_limit_hits_total{limit=\"other\"} 936.0");
  }

  @Test
  void aWatchedLoopReportsItsLag() throws Exception {
    DefaultEventExecutor loop = new DefaultEventExecutor();
    try {
      metrics.watchLoops(List.of(loop));
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (lines().contains("pushgate_event_loop_lag_seconds_count 0")
          && System.nanoTime() < deadline) {
        loop.submit(() -> {}).get();
      }
      assertThat(metrics.scrape())
          .contains("pushgate_event_loop_lag_seconds_bucket{le=\"0.001\"}")
          .contains("pushgate_event_loop_lag_seconds_max")
          .doesNotContain("pushgate_event_loop_lag_seconds_count 0\n");
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }
  }

  private List<String> lines() {
    return metrics.scrape().lines().toList();
  }
}
