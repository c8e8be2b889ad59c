package io.pushgate.gateway.broker;

import io.pushgate.protocol.Feed;
import io.pushgate.protocol.UserId;
import org.jspecify.annotations.Nullable;

/** Names one journal: a user's, or everyone's. <em>Immutable.</em> */
public record JournalId(@Nullable UserId user) {

  /** The journal of the broadcasts. */
  public static final JournalId EVERYONE = new JournalId((UserId) null);

  public static JournalId of(UserId user) {
    return new JournalId(user);
  }

  public Feed feed() {
    return user == null ? Feed.EVERYONE : Feed.USER;
  }

  @Override
  public String toString() {
    return user == null ? "everyone" : user.value();
  }
}
