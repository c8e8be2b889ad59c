package io.pushgate.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.bench.measure.ServerProcess;
import org.junit.jupiter.api.Test;

/** A gateway that the test plays. */
class GatewayVitalsTest {
  private static final String METRICS =
      """
      jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 1000.0
      pushgate_buffer_memory_bytes{memory="direct"} 200.0
      pushgate_buffer_memory_bytes{memory="heap"} 30.0
      pushgate_buffered_bytes 4.0
      """;

  @Test
  void readsWhatIsInUseOfBuffersBesideWhatTheAllocatorHas() throws Exception {
    try (PlayedAdmin admin = new PlayedAdmin(METRICS)) {
      ServerProcess self = new ServerProcess(ProcessHandle.current().pid());
      Vitals vitals = new GatewayVitals(self, admin.address()).look();

      assertThat(vitals.heapBytes()).isEqualTo(1_000);
      assertThat(vitals.directBytes()).isEqualTo(200);
      assertThat(vitals.bufferedBytes()).isEqualTo(4);
    }
  }
}
