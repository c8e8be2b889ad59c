package io.pushgate.gateway.broker;

import io.pushgate.protocol.Feed;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Owns order, storage and fan-out: giving a notification its offset, storing it and telling of it
 * is one step per user. <em>Any thread</em> may call; no call waits. Stages complete on a lane's
 * thread or before the call returns; a failed stage means that the store could not answer, and the
 * call may be repeated.
 */
public interface Broker extends AutoCloseable {

  /** Told of what the lanes did. On a lane's thread, in order per journal; must not wait. */
  interface Listener {

    /** An entry was stored. */
    void appended(JournalId journal, Entry entry);

    /** The furthest acknowledged place of a user moved on; each is an offset, or -1 for none. */
    void acknowledged(UserId user, long userOffset, long everyoneOffset);

    /** How many live sessions are offered what is appended to this journal now. */
    int sessions(JournalId journal);

    /** How many users have a live session: the {@code users} of a broadcast's ack. */
    int onlineUsers();

    /** What this process remembers to have sent to the user's sessions from one of the journals. */
    Sent sent(UserId user, Feed feed);

    /** The journal of this publisher's receipts holds more. */
    void receipts(String publisher);

    /** A receipt for the connection that pushed; one that is gone is told nothing. */
    void receipt(long connection, Receipt receipt);
  }

  /** How a client's acknowledgement was taken. */
  enum Acknowledgement {
    /** Valid; the user's place moved on or stood there already. */
    TAKEN,
    /** Another user's cursor, ahead of the journals, or of a lost epoch: nothing changed. */
    BAD_CURSOR
  }

  /** Names the one listener, before anything else is called. */
  void listen(Listener listener);

  /** Takes a batch of pushes; those of one caller take effect in the order of the calls. */
  void publish(List<Publication> batch);

  /**
   * Takes a notification back from the journals that still hold it. Takes effect in its order among
   * the pushes of the same caller. A second one is a duplicate; what no journal holds is nacked as
   * {@code not_found}.
   */
  void recall(String id, long receivedMillis, Publication.Outcome outcome);

  /** What is known of the newest notification with this id; null where that is nothing. */
  CompletionStage<@Nullable Trace> trace(String id);

  /** Decides where a session of this user starts. */
  CompletionStage<Opening> open(UserId user, Start start);

  /**
   * Reads what follows {@code after} in one journal: up to {@code maxEntries} entries and about
   * {@code maxBytes} of data, at least one entry where one is held.
   */
  CompletionStage<Page> read(JournalId journal, long after, int maxEntries, int maxBytes);

  /** Acknowledges, cumulatively, all up to this position in each journal it names. */
  CompletionStage<Acknowledgement> acknowledge(UserId user, Position position);

  /**
   * Decides where a publisher's receipts start.
   *
   * @param after a cursor, {@code end}, or empty for the first receipt held; no text is an error
   */
  CompletionStage<ReceiptOpening> openReceipts(String publisher, String after);

  /** Reads up to {@code maxReceipts} of what follows {@code after} in a publisher's receipts. */
  CompletionStage<ReceiptPage> readReceipts(String publisher, long after, int maxReceipts);

  /** Forgets a user: journal, acknowledged place, receipts. */
  CompletionStage<Void> forget(UserId user);

  /**
   * Copies the store as it stands, while it is in use. The copy is a store of its own: a cursor of
   * this one is unknown to it.
   *
   * @return where the copy is, for people; fails with an UnsupportedOperationException where there
   *     is nothing to copy
   */
  CompletionStage<String> backup();

  /** Makes and reads the cursors of this store. */
  Cursors cursors();

  /** Why pushes are not taken, for people; null where they are. */
  @Nullable String trouble();

  /** Looks for what has ended by itself; called every second or so, from any thread. */
  void sweep();

  /** How many journals hold something. */
  long journals();

  /**
   * How many entries were read back from the store so that something could be appended to their
   * journal or acknowledged in it.
   */
  long entriesLoaded();

  /** Bytes that the store takes. */
  long heldBytes();

  /** Finishes what was taken, then lets go of the store. */
  @Override
  void close();
}
