package io.pushgate.bench.fault;

import io.pushgate.bench.server.AdminMetrics;
import java.io.IOException;
import java.util.List;

/** What a gateway has to do about a crowd. Immutable. */
interface Demand {
  /** What a loaded machine may be late by. */
  long SLACK_MILLIS = 3_000;

  /**
   * How it went. Immutable.
   *
   * @param before the gateway's figures before the crowd came
   */
  record Course(Crowd.Tally crowd, AdminMetrics before, AdminMetrics now) {
    double grown(String name, String label) throws IOException {
      return now.sum(name, label) - before.sum(name, label);
    }
  }

  /** What it did not do; empty where all is well. */
  List<String> complaints(Course course) throws IOException;

  /** They are let be: connected, and no more than that. */
  static Demand present() {
    return present(1);
  }

  /** They come and go by themselves: at any one moment none may be there. */
  static Demand visiting() {
    return course ->
        course.crowd().longestMillis() > 0 ? List.of() : List.of("none of the crowd ever came");
  }

  /** So many of them are connected at the end. */
  static Demand present(int atLeast) {
    return course -> {
      int connected = course.crowd().connected();
      return connected >= atLeast
          ? List.of()
          : List.of("%,d of the crowd were connected, not %,d".formatted(connected, atLeast));
    };
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
      return longest <= millis + SLACK_MILLIS
          ? List.of()
          : List.of("a connection was let be for %,d ms, not %,d".formatted(longest, millis));
    };
  }

  /** So many sessions are closed with this code. */
  static Demand closedWith(int code, int atLeast) {
    return course -> {
      double closed = course.grown("pushgate_sessions_closed_total", "code=\"" + code + "\"");
      return closed >= atLeast
          ? List.of()
          : List.of("%,.0f sessions were closed with %d, not %,d".formatted(closed, code, atLeast));
    };
  }
}
