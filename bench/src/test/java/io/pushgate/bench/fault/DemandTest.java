package io.pushgate.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.bench.fault.Conduct.Port;
import io.pushgate.bench.server.AdminMetrics;
import io.pushgate.bench.server.PlayedAdmin;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a gateway did not do about a crowd is told. */
class DemandTest {

  /** A crowd of ten of which some were ended; the longest stay so many milliseconds. */
  private static Demand.Course course(int ended, long longestMillis, int closed)
      throws IOException, InterruptedException {
    return course(tally(ended, 0, longestMillis, 0, 0), 10, closed, 0);
  }

  private static Crowd.Tally tally(
      int ended, int refused, long longestMillis, long soonestMillis, int told) {
    long soonest = ended == 0 ? Long.MAX_VALUE : soonestMillis;
    return new Crowd.Tally(10, 10, ended, refused, longestMillis, soonest, told, 0);
  }

  /** So many connections and sessions more than before, and sessions closed meanwhile. */
  private static Demand.Course course(Crowd.Tally crowd, int held, int missed, int overloaded)
      throws IOException, InterruptedException {
    AdminMetrics now = metrics(5 + held, 5 + missed, 5 + overloaded);
    return new Demand.Course(crowd, metrics(5, 5, 5), now);
  }

  private static AdminMetrics metrics(int held, int missed, int overloaded)
      throws IOException, InterruptedException {
    return metrics(
        """
        pushgate_connections{port="ingress"} %1$d.0
        pushgate_connections{port="public"} 7.0
        pushgate_sessions{transport="websocket"} %1$d.0
        pushgate_sessions_closed_total{code="4408"} %2$d.0
        pushgate_sessions_closed_total{code="1013"} %3$d.0
        pushgate_sessions_closed_totals 9
        """
            .formatted(held, missed, overloaded));
  }

  static AdminMetrics metrics(String text) throws IOException, InterruptedException {
    try (PlayedAdmin admin = new PlayedAdmin(text)) {
      return AdminMetrics.of(HttpClient.newHttpClient(), admin.address());
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
  void findsPeersThatWereNotLetBe() throws Exception {
    Demand demand = Demand.letBe(Port.INGRESS);

    assertThat(demand.complaints(course(tally(0, 0, 70_000, 0, 0), 9, 0, 0))).isEmpty();
    assertThat(demand.complaints(course(tally(3, 0, 900, 200, 0), 9, 0, 0)))
        .isEqualTo(List.of("of 3 connections that were ended one was let be for 200 ms only"));
    assertThat(demand.complaints(course(tally(0, 4, 900, 0, 0), 9, 0, 0)))
        .isEqualTo(List.of("4 of the crowd were turned away"));
    assertThat(demand.complaints(course(tally(0, 0, 900, 0, 0), 8, 0, 0)))
        .as("the others wait in the kernel's queue")
        .isEqualTo(List.of("the gateway held 8 connections of the crowd, not 10"));
  }

  @Test
  void findsPeersThatWereEndedBeforeTheirTimeOrNotByThen() throws Exception {
    Demand demand = Demand.letBe(Port.INGRESS, 60_000, 60_000);

    assertThat(demand.complaints(course(tally(0, 0, 9_000, 0, 0), 9, 0, 0))).isEmpty();
    assertThat(demand.complaints(course(tally(9, 0, 60_900, 59_000, 0), 0, 0, 0))).isEmpty();
    assertThat(demand.complaints(course(tally(1, 0, 50_000, 50_000, 0), 9, 0, 0)))
        .isEqualTo(List.of("of 1 connections that were ended one was let be for 50,000 ms only"));
    assertThat(demand.complaints(course(tally(0, 0, 70_000, 0, 0), 9, 0, 0)))
        .isEqualTo(List.of("a connection was let be for 70,000 ms, not 60,000"));
  }

  @Test
  void findsSessionsThatHaveGoneWithoutACause() throws Exception {
    Demand demand = Demand.seated(62_500);

    assertThat(demand.complaints(course(tally(0, 0, 9_000, 0, 0), 9, 0, 0))).isEmpty();
    assertThat(demand.complaints(course(tally(0, 0, 9_000, 0, 0), 4, 0, 6))).isEmpty();
    assertThat(demand.complaints(course(tally(0, 0, 70_000, 0, 0), 4, 6, 0))).isEmpty();
    assertThat(demand.complaints(course(tally(0, 0, 9_000, 0, 0), 4, 6, 0)))
        .as("closed for a silence before it was one")
        .isEqualTo(List.of("4 of the crowd had sessions and 0 were ended for cause, of 10"));
  }

  @Test
  void findsSomebodyWhoWasToldNothing() throws Exception {
    Demand both = Demand.letBe(Port.INGRESS).and(Demand.allTold());

    assertThat(both.complaints(course(tally(0, 0, 900, 0, 10), 9, 0, 0))).isEmpty();
    assertThat(both.complaints(course(tally(0, 0, 900, 0, 9), 0, 0, 0)))
        .isEqualTo(
            List.of(
                "the gateway held 0 connections of the crowd, not 10",
                "9 of the crowd were told anything, not 10"));
  }
}
