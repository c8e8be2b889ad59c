package io.pushgate.gateway.routing;

import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.DeliveryState;
import java.util.List;

/**
 * The path of one notification: what the journals know of it and what the sessions do.
 * <em>Immutable.</em>
 *
 * @param receivedMillis when the gateway received it, in milliseconds since 1970
 * @param journalledMillis when it was stored
 * @param sent to how many users, those who acknowledged it with them
 * @param acknowledged by how many users
 * @param users one line a user, the unfinished ones first; of a broadcast none
 */
public record Whereabouts(
    String id,
    long receivedMillis,
    long journalledMillis,
    int sent,
    int acknowledged,
    List<OfUser> users) {

  public Whereabouts {
    users = List.copyOf(users);
  }

  /**
   * How it stands with one user.
   *
   * @param sinceMillis when it came into that state
   * @param sessions those that are live, and those that are remembered to have been sent it
   */
  public record OfUser(
      UserId user, DeliveryState state, long sinceMillis, List<OfSession> sessions) {

    public OfUser {
      sessions = List.copyOf(sessions);
    }
  }

  /**
   * How it stands with one session.
   *
   * @param sentMillis when it was sent, 0 where it was not or is not remembered
   * @param ackedMillis when the session acknowledged it, 0 where it did not
   * @param why what holds it back where it was not sent; empty where it was
   */
  public record OfSession(String session, long sentMillis, long ackedMillis, String why) {}
}
