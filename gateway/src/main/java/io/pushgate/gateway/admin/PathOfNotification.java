package io.pushgate.gateway.admin;

import io.pushgate.gateway.routing.Whereabouts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One notification's path as the port tells it: the fields are the answer's, what is null is left
 * out. <em>Immutable.</em>
 *
 * @param receivedTs in ms since 1970, as every {@code …Ts} and {@code ts}
 * @param sent to how many users, those who acknowledged it with them
 * @param users of a broadcast none
 */
record PathOfNotification(
    String id, long receivedTs, long journalledTs, int sent, int acknowledged, List<User> users) {

  /** How it stands with a user, since {@code ts}. */
  record User(String user, String state, long ts, List<Session> sessions) {}

  /** How it stands with a session: when it was sent and acknowledged, or why not. */
  record Session(
      String session, @Nullable Long sentTs, @Nullable Long ackedTs, @Nullable String why) {}

  static PathOfNotification of(Whereabouts found) {
    return new PathOfNotification(
        found.id(),
        found.receivedMillis(),
        found.journalledMillis(),
        found.sent(),
        found.acknowledged(),
        found.users().stream().map(PathOfNotification::user).toList());
  }

  private static User user(Whereabouts.OfUser user) {
    return new User(
        user.user().value(),
        user.state().wire(),
        user.sinceMillis(),
        user.sessions().stream().map(PathOfNotification::session).toList());
  }

  private static Session session(Whereabouts.OfSession session) {
    return new Session(
        session.session(),
        known(session.sentMillis()),
        known(session.ackedMillis()),
        session.why().isEmpty() ? null : session.why());
  }

  private static @Nullable Long known(long millis) {
    return millis == 0 ? null : millis;
  }
}
