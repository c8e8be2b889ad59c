package io.pushgate.gateway.broker.memory;

/**
 * The furthest place in each journal that a user acknowledged on any session, forgotten some time
 * after it last moved. <em>Its journal's lane only.</em>
 */
final class Acknowledged {
  static final long NONE = -1;

  private long user = NONE;
  private long everyone = NONE;
  private long movedMillis;

  long user() {
    return user;
  }

  long everyone() {
    return everyone;
  }

  /**
   * Moves on, never back, and answers whether it moved; {@link #NONE} leaves a journal as it is.
   */
  boolean moveTo(long userOffset, long everyoneOffset, long nowMillis) {
    if (userOffset <= user && everyoneOffset <= everyone) {
      return false;
    }
    user = Math.max(user, userOffset);
    everyone = Math.max(everyone, everyoneOffset);
    movedMillis = nowMillis;
    return true;
  }

  void forgetAfter(long ageMillis, long nowMillis) {
    if (nowMillis - movedMillis >= ageMillis) {
      user = NONE;
      everyone = NONE;
    }
  }

  boolean none() {
    return user == NONE && everyone == NONE;
  }
}
