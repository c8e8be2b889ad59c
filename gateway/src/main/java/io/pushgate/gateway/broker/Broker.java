package io.pushgate.gateway.broker;

import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Owns order, storage and fan-out: giving a notification its offset, storing it and telling of it
 * is one step per user. <em>Any thread</em> may call; no call waits. Stages complete on a lane's
 * thread or before the call returns; a failed stage means that the store could not answer, and the
 * call may be repeated.
 */
public interface Broker extends AutoCloseable {

  /** Told of what the lanes did. On a lane's thread, in order per journal; must not wait. */
  interface Listener {

    /** An entry was stored. Answers how many live sessions it is offered to. */
    int appended(JournalId journal, Entry entry);

    /** The furthest acknowledged place of a user moved on; each is an offset, or -1 for none. */
    void acknowledged(UserId user, long userOffset, long everyoneOffset);

    /** How many users have a live session: the {@code users} of a broadcast's ack. */
    int onlineUsers();
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

  /** Decides where a session of this user starts. */
  CompletionStage<Opening> open(UserId user, Start start);

  /**
   * Reads what follows {@code after} in one journal: up to {@code maxEntries} entries and about
   * {@code maxBytes} of data, at least one entry where one is held.
   */
  CompletionStage<Page> read(JournalId journal, long after, int maxEntries, int maxBytes);

  /** Acknowledges, cumulatively, all up to this position in each journal it names. */
  CompletionStage<Acknowledgement> acknowledge(UserId user, Position position);

  /** Makes and reads the cursors of this store. */
  Cursors cursors();

  /** Whether pushes are taken: the engine is there and has room. */
  boolean available();

  /** Finishes what was taken, then lets go of the store. */
  @Override
  void close();
}
