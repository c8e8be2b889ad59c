package io.pushgate.gateway.hub;

import io.pushgate.gateway.session.Session;
import io.pushgate.protocol.UserId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The live sessions of one user on this node, the oldest first. <em>Immutable.</em> */
final class UserGroup {
  private final UserId user;
  private final Session[] sessions;

  private UserGroup(UserId user, Session... sessions) {
    this.user = user;
    this.sessions = sessions;
  }

  static UserGroup of(Session first) {
    return new UserGroup(first.user(), first);
  }

  UserGroup with(Session session) {
    Session[] more = Arrays.copyOf(sessions, sessions.length + 1);
    more[sessions.length] = session;
    return new UserGroup(user, more);
  }

  /** Answers null when nobody is left, so that the map forgets the group in the same step. */
  @Nullable UserGroup without(Session session) {
    int index = Arrays.asList(sessions).indexOf(session);
    if (index < 0) {
      return this;
    }
    if (sessions.length == 1) {
      return null;
    }
    Session[] fewer = Arrays.copyOf(sessions, sessions.length - 1);
    System.arraycopy(sessions, index + 1, fewer, index, fewer.length - index);
    return new UserGroup(user, fewer);
  }

  UserId user() {
    return user;
  }

  int size() {
    return sessions.length;
  }

  Session get(int index) {
    return sessions[index];
  }

  List<Session> sessions() {
    return List.of(sessions);
  }
}
