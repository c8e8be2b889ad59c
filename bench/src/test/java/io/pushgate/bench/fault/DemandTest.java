package io.pushgate.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.pushgate.bench.server.AdminMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a gateway did not do about a crowd is told. */
class DemandTest {

  /** A crowd of ten of which some were ended; the longest stay so many milliseconds. */
  private static Demand.Course course(int ended, long longestMillis, int closed)
      throws IOException, InterruptedException {
    Crowd.Tally crowd = new Crowd.Tally(10, ended, 0, longestMillis, 0);
    return new Demand.Course(crowd, metrics(5), metrics(5 + closed));
  }

  private static AdminMetrics metrics(int closed) throws IOException, InterruptedException {
    HttpServer admin =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String text =
        "pushgate_sessions_closed_total{code=\"4408\"} %d.0\npushgate_sessions_closed_totals 9\n"
            .formatted(closed);
    admin.createContext(
        "/metrics",
        exchange -> {
          byte[] body = text.getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    admin.start();
    try {
      return AdminMetrics.of(HttpClient.newHttpClient(), admin.getAddress());
    } finally {
      admin.stop(0);
    }
  }

  @Test
  void findsSlowPeersThatWereLetBe() throws Exception {
    Demand demand = Demand.endedWithin(2_000);

    assertThat(demand.complaints(course(9, 2_100, 0))).isEmpty();
    assertThat(demand.complaints(course(0, 2_100, 0)))
        .isEqualTo(List.of("no connection of the crowd was ended"));
    assertThat(demand.complaints(course(9, 9_000, 0)))
        .isEqualTo(List.of("a connection was let be for 9,000 ms, not 2,000"));
  }

  @Test
  void findsVisitorsThatNeverCame() throws Exception {
    Demand demand = Demand.visiting();

    assertThat(demand.complaints(course(0, 1, 0))).isEmpty();
    assertThat(demand.complaints(course(0, 0, 0)))
        .isEqualTo(List.of("none of the crowd ever came"));
  }

  @Test
  void findsSessionsThatWereNotClosed() throws Exception {
    Demand demand = Demand.closedWith(4408, 10);

    assertThat(demand.complaints(course(0, 0, 10))).isEmpty();
    assertThat(demand.complaints(course(0, 0, 9)))
        .isEqualTo(List.of("9 sessions were closed with 4408, not 10"));
  }

  @Test
  void findsACrowdThatWasNeverThere() throws Exception {
    assertThat(Demand.present(10).complaints(course(0, 0, 0))).isEmpty();
    assertThat(Demand.present(11).complaints(course(0, 0, 0)))
        .isEqualTo(List.of("10 of the crowd were connected, not 11"));
  }
}
