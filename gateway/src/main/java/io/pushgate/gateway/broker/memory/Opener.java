package io.pushgate.gateway.broker.memory;

import io.pushgate.gateway.broker.Cursors;
import io.pushgate.gateway.broker.JournalId;
import io.pushgate.gateway.broker.Opening;
import io.pushgate.gateway.broker.Start;
import io.pushgate.protocol.Cursor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides where one session starts: first in its user's journal, on that lane, then in everyone's,
 * on that one. Each journal is judged by its own cursor.
 */
final class Opener {
  private final Cursors cursors;
  private final LongSupplier newestOffset;
  private final JournalId own;
  private final Start start;

  private long acknowledgedEveryone;
  private long user;
  private boolean userBehind;
  private boolean gap;

  Opener(Cursors cursors, LongSupplier newestOffset, JournalId own, Start start) {
    this.cursors = cursors;
    this.newestOffset = newestOffset;
    this.own = own;
    this.start = start;
    this.gap = start instanceof Start.Unusable;
  }

  Opener placeUser(Journal journal) {
    Acknowledged acknowledged = journal.acknowledged();
    acknowledgedEveryone = acknowledged.everyone();
    Cursor cursor = start instanceof Start.After after ? after.position().user() : null;
    user = place(journal, own, cursor, acknowledged.user());
    userBehind = user < journal.newest();
    return this;
  }

  Opening placeEveryone(Journal journal) {
    Cursor cursor = start instanceof Start.After after ? after.position().everyone() : null;
    long everyone = place(journal, JournalId.EVERYONE, cursor, acknowledgedEveryone);
    boolean asked = start instanceof Start.After || start instanceof Start.End;
    boolean everyoneBehind = everyone < journal.newest();
    return new Opening(user, everyone, userBehind, everyoneBehind, asked && !gap, 0, 0, gap);
  }

  private long place(
      Journal journal, JournalId id, @Nullable Cursor cursor, long acknowledgedOffset) {
    long newest = newestOffset.getAsLong();
    if (start instanceof Start.End) {
      return newest;
    }
    long from = acknowledgedOffset;
    if (cursor != null) {
      long asked = cursors.offset(id, cursor);
      boolean usable = asked >= 0 && asked <= newest;
      gap |= !usable;
      from = usable ? asked : acknowledgedOffset;
    }
    if (from < 0) {
      return journal.trimmedThrough(); // Never acknowledged: all that is held, and no gap.
    }
    gap |= from < journal.trimmedThrough();
    return Math.max(from, journal.trimmedThrough());
  }
}
