package io.pushgate.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.UserId;
import java.util.HashSet;
import java.util.Set;

/** One page of a user that keeps its position: what it saw, and how often it was told of a gap. */
final class LedgerReader {
  private final BrokerUnderTest test;
  private final UserId user;
  private final Set<Long> sent;
  private final String seed;
  private final Set<String> seen = new HashSet<>();
  private final Set<String> recalled = new HashSet<>();
  private long after;
  private int gaps;

  /**
   * @param sent where it notes the places that it was sent
   */
  LedgerReader(BrokerUnderTest test, UserId user, Set<Long> sent, String seed) {
    this.test = test;
    this.user = user;
    this.sent = sent;
    this.seed = seed;
  }

  Cursor place() {
    return test.cursor(JournalId.of(user), after);
  }

  boolean saw(String id) {
    return seen.contains(id);
  }

  boolean sawRecall(String id) {
    return recalled.contains(id);
  }

  int gaps() {
    return gaps;
  }

  /** Reads one page on; answers whether it was the last. */
  boolean read(int maxEntries) {
    Page page = Waiting.get(test.broker().read(JournalId.of(user), after, maxEntries, 1 << 20));
    if (page.gap()) {
      gaps++;
    }
    long newest = after;
    for (Entry entry : page.entries()) {
      assertThat(entry.offset()).as(seed).isGreaterThan(newest);
      newest = entry.offset();
      sent.add(newest);
      boolean recall = entry.kind() == Entry.Kind.RECALL;
      assertThat((recall ? recalled : seen).add(entry.id()))
          .as("%s: %s sees %s once", seed, user, entry)
          .isTrue();
      assertThat(recall || !recalled.contains(entry.id())).as(seed).isTrue();
    }
    assertThat(page.through()).as(seed).isGreaterThanOrEqualTo(newest);
    after = page.through();
    return page.end();
  }

  void readAll() {
    while (!read(100)) {
      // The next page.
    }
  }

  /** Comes back with its position, as after a lost connection. */
  void resume() {
    Opening opening = test.openAfter(user, place().value());
    assertThat(opening.resumed()).as(seed).isEqualTo(!opening.gap());
    if (opening.gap()) {
      gaps++;
    }
    assertThat(opening.user()).as(seed).isGreaterThanOrEqualTo(after);
    after = opening.user();
  }
}
