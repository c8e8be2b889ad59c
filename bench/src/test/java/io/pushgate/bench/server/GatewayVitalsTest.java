package io.pushgate.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.pushgate.bench.measure.ServerProcess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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
    HttpServer admin =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    admin.createContext(
        "/metrics",
        exchange -> {
          byte[] body = METRICS.getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    admin.start();
    try {
      ServerProcess self = new ServerProcess(ProcessHandle.current().pid());
      Vitals vitals = new GatewayVitals(self, admin.getAddress()).look();

      assertThat(vitals.heapBytes()).isEqualTo(1_000);
      assertThat(vitals.directBytes()).isEqualTo(200);
      assertThat(vitals.bufferedBytes()).isEqualTo(4);
    } finally {
      admin.stop(0);
    }
  }
}
