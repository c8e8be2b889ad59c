package io.pushgate.bench.fault;

import io.pushgate.bench.server.AdminMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a gateway has to do about a crowd. Immutable. */
interface Demand {
  /** What a loaded machine may be late by. */
  long SLACK_MILLIS = 3_000;

  /** Where no time ends a peer. */
  long NEVER = Long.MAX_VALUE;

  /** What a gauge may show of a crowd at least, since the healthy come and go meanwhile. */
  double HELD_SHARE = 0.9;

  String HITS = "pushgate_limit_hits_total";

  String CLOSED = "pushgate_sessions_closed_total";

  /**
   * How it went. Immutable.
   *
   * @param before the gateway's figures before the crowd came
   */
  record Course(Crowd.Tally crowd, AdminMetrics before, AdminMetrics now) {
    double grown(String name, String label) throws IOException {
      return now.sum(name, label) - before.sum(name, label);
    }

    /** How often a limit was hit; one that never was is not shown. */
    double hits(String limit) {
      String label = "limit=\"" + limit + "\"";
      return now.find(HITS, label).orElse(0) - before.find(HITS, label).orElse(0);
    }
  }

  /** What it did not do; empty where all is well. */
  List<String> complaints(Course course) throws IOException;

  /** Both. */
  default Demand and(Demand other) {
    return course -> {
      List<String> complaints = new ArrayList<>(complaints(course));
      complaints.addAll(other.complaints(course));
      return complaints;
    };
  }

  /** They are let be for as long as they like. */
  static Demand letBe(Conduct.Port port) {
    return letBe(port, NEVER, NEVER);
  }

  /**
   * They are let be, in the gateway and not only in the kernel's queue before it.
   *
   * @param fromMillis none is ended before
   * @param toMillis none is there for longer
   */
  static Demand letBe(Conduct.Port port, long fromMillis, long toMillis) {
    return course -> {
      Crowd.Tally crowd = course.crowd();
      List<String> complaints = new ArrayList<>();
      if (crowd.refused() > 0) {
        complaints.add("%,d of the crowd were turned away".formatted(crowd.refused()));
      }
      if (crowd.ended() > 0 && crowd.soonestMillis() < fromMillis - SLACK_MILLIS) {
        complaints.add(
            "of %,d connections that were ended one was let be for %,d ms only"
                .formatted(crowd.ended(), crowd.soonestMillis()));
      }
      if (crowd.longestMillis() - SLACK_MILLIS > toMillis) {
        complaints.add(tooLong(crowd.longestMillis(), toMillis));
      }
      double held = course.grown("pushgate_connections", label(port));
      if (crowd.ended() == 0 && held < HELD_SHARE * crowd.asked()) {
        complaints.add(
            "the gateway held %,.0f connections of the crowd, not %,d"
                .formatted(held, crowd.asked()));
      }
      return complaints;
    };
  }

  /**
   * They have sessions, unless they were ended as a gateway may that has no room. Their own side,
   * which never reads, does not see that.
   *
   * @param silentMillis a session that says nothing is not ended before
   */
  static Demand seated(long silentMillis) {
    return course -> {
      Crowd.Tally crowd = course.crowd();
      double silent = course.grown(CLOSED, "code=\"4408\"");
      double ended =
          course.grown(CLOSED, "code=\"1013\"")
              + course.hits("direct-memory")
              + (crowd.longestMillis() < silentMillis - SLACK_MILLIS ? 0 : silent);
      double seated = course.grown("pushgate_sessions", "transport=\"websocket\"");
      return seated + ended >= HELD_SHARE * crowd.asked()
          ? List.of()
          : List.of(
              "%,.0f of the crowd had sessions and %,.0f were ended for cause, of %,d"
                  .formatted(seated, ended, crowd.asked()));
    };
  }

  /** Each of them is told something. */
  static Demand allTold() {
    return course -> {
      Crowd.Tally crowd = course.crowd();
      return crowd.told() >= crowd.asked()
          ? List.of()
          : List.of(
              "%,d of the crowd were told anything, not %,d"
                  .formatted(crowd.told(), crowd.asked()));
    };
  }

  /** They come and go by themselves: at any one moment none may be there. */
  static Demand visiting() {
    return course ->
        course.crowd().longestMillis() > 0 ? List.of() : List.of("none of the crowd ever came");
  }

  /** They are told that they are wrong, or thrown out. */
  static Demand answered() {
    return course ->
        course.crowd().ended() > 0 || course.crowd().bytesRead() > 0
            ? List.of()
            : List.of("nobody of the crowd was answered");
  }

  /** Each connection is ended within this time. */
  static Demand endedWithin(long millis) {
    return course -> {
      if (course.crowd().ended() == 0) {
        return List.of("no connection of the crowd was ended");
      }
      long longest = course.crowd().longestMillis();
      return longest <= millis + SLACK_MILLIS ? List.of() : List.of(tooLong(longest, millis));
    };
  }

  /** So many sessions are closed with this code. */
  static Demand closedWith(int code, int atLeast) {
    return course -> {
      double closed = course.grown(CLOSED, "code=\"" + code + "\"");
      return closed >= atLeast
          ? List.of()
          : List.of("%,.0f sessions were closed with %d, not %,d".formatted(closed, code, atLeast));
    };
  }

  private static String tooLong(long found, long bound) {
    return "a connection was let be for %,d ms, not %,d".formatted(found, bound);
  }

  private static String label(Conduct.Port port) {
    return port == Conduct.Port.CLIENT ? "port=\"public\"" : "port=\"ingress\"";
  }
}
