package io.pushgate.bench.ledger;

import io.pushgate.protocol.UserId;

/**
 * The names of the users of a run: e-mail addresses that need no escape in a path. Immutable.
 *
 * @param prefix keeps several processes, or runs, apart
 */
public record UserNames(String prefix) {
  public UserNames {
    if (!prefix.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException(
          "'%s' is no prefix of 1 to 64 of a-z, 0-9 and '-'".formatted(prefix));
    }
  }

  /** Numbers below zero are the users that nothing is pushed to. */
  public UserId of(int user) {
    return UserId.of(prefix + (user < 0 ? "-idle" + ~user : user) + "@bench.example");
  }
}
