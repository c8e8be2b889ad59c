package io.pushgate.gateway.command;

import io.pushgate.protocol.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells what the admin port knows as people read it. Any thread. */
final class TraceReport {
  private static final long SHOWN_IN_MILLIS = 10_000;

  private TraceReport() {}

  /** The path of one notification, a line an event; times are counted from its arrival. */
  static List<String> notification(JsonObject found) {
    long received = found.number("receivedTs");
    List<String> lines = new ArrayList<>();
    lines.add(found.text("id"));
    lines.add("  received " + Instant.ofEpochMilli(received));
    lines.add("  journalled " + behind(received, found.number("journalledTs")));
    lines.add(
        "  sent to %s, acknowledged by %s"
            .formatted(users(found.number("sent")), users(found.number("acknowledged"))));
    for (JsonObject user : found.objects("users")) {
      lines.add(
          "%s: %s %s"
              .formatted(
                  user.text("user"), user.text("state"), behind(received, user.number("ts"))));
      List<JsonObject> sessions = user.objects("sessions");
      sessions.forEach(session -> lines.add("  session " + told(received, session)));
      if (sessions.isEmpty()) {
        lines.add("  no session that is live or remembered");
      }
    }
    return lines;
  }

  private static String users(long count) {
    return count == 1 ? "1 user" : count + " users";
  }

  private static String told(long received, JsonObject session) {
    String name = session.text("session") + ": ";
    if (session.has("why")) {
      return name + "not sent, " + session.text("why");
    }
    String sent =
        session.has("sentTs")
            ? "sent " + behind(received, session.number("sentTs"))
            : "sent, nobody remembers when";
    String acknowledged =
        session.has("ackedTs")
            ? "acknowledged " + behind(received, session.number("ackedTs"))
            : "not acknowledged";
    return name + sent + ", " + acknowledged;
  }

  /** Where a user's sessions stand, a line a session. */
  static List<String> user(JsonObject found) {
    List<String> lines = new ArrayList<>();
    List<JsonObject> sessions = found.objects("sessions");
    lines.add(found.text("user") + (sessions.isEmpty() ? ": no session" : ""));
    for (JsonObject session : sessions) {
      List<String> facts = new ArrayList<>();
      facts.add(session.text("transport") + " from " + session.text("address"));
      facts.add("connected for " + time(session.number("connectedMs")));
      facts.add("at " + session.text("cursor"));
      facts.addAll(owed(session));
      lines.add("  session " + session.text("session") + ": " + String.join(", ", facts));
    }
    return lines;
  }

  private static List<String> owed(JsonObject session) {
    List<String> facts = new ArrayList<>();
    long journals = session.number("behind");
    facts.add(
        journals == 0
            ? "has all there is"
            : "behind in " + (journals == 1 ? "one journal" : journals + " journals"));
    if (session.has("why")) {
      facts.add(session.text("why"));
    }
    if (session.number("queuedBytes") > 0) {
      facts.add(session.number("queuedBytes") + " bytes of a frame half-written");
    }
    return facts;
  }

  private static String behind(long from, long to) {
    return to < from ? "at " + Instant.ofEpochMilli(to) : "+" + time(to - from);
  }

  private static String time(long millis) {
    if (millis < SHOWN_IN_MILLIS) {
      return millis + " ms";
    }
    Duration time = Duration.ofMillis(millis);
    if (time.toHours() > 0) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
    return time.toMinutes() > 0
        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
        : String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
  }
}
