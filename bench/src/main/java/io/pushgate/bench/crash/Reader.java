package io.pushgate.bench.crash;

import io.pushgate.bench.server.GatewayProcess;
import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.Feed;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.client.ServerFrame;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A session that comes and goes, of one user, with one habit. A thread of its own. */
final class Reader implements Runnable {
  private static final int WAIT_MILLIS = 200;
  private static final int LONGEST_STAY = 3_000;
  private static final int LONGEST_REST_MILLIS = 50;
  private static final int FRAMES_PER_ACK = 40;
  private static final int WINDOW = 64;
  private static final int FRAMES_PER_WINDOW_ACK = 16;
  private static final int FRAMES_PER_SAVE = 150;

  private final ReaderBooks books;
  private final Script script;
  private final Door door;
  private final SplittableRandom random;
  private final boolean acknowledges;
  private @Nullable Cursor user;
  private @Nullable Cursor everyone;

  /** Where a page goes on: older than what it was told last. */
  private @Nullable Position saved;

  private int sinceAck;
  private int sinceSave;
  private volatile @Nullable Position origin;
  private volatile boolean done;

  /**
   * @param acknowledges whether this reader of a chain acknowledges; the others go by their habit
   */
  Reader(ReaderBooks books, Script script, Door door, boolean acknowledges, long seed) {
    this.books = books;
    this.script = script;
    this.door = door;
    this.random = new SplittableRandom(seed);
    this.acknowledges =
        acknowledges || books.habit() == Habit.WINDOW || books.habit() == Habit.ACKS;
  }

  /** Where its first connection began; null before that. */
  @Nullable Position origin() {
    return origin;
  }

  /** Makes a reader that has not begun go on from there. */
  void goOnFrom(Position position) {
    user = position.user();
    everyone = position.everyone();
  }

  /** Ends it soon. */
  void finish() {
    done = true;
  }

  @Override
  public void run() {
    try {
      Door.Opening opening = door.await();
      while (opening != null && !done) {
        try {
          stay(opening.ports());
        } catch (IOException | IllegalArgumentException e) {
          if (door.isStill(opening)) {
            books.cutOff(e.getClass().getSimpleName() + ": " + e.getMessage());
          }
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1, LONGEST_REST_MILLIS));
        opening = door.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One connection: until it has had enough, or the gateway has gone. */
  private void stay(GatewayProcess.Ports ports) throws IOException {
    String after = after();
    try (PageSocket socket =
        new PageSocket(
            ports.client(), script.user(books.user()).value(), query(after), WAIT_MILLIS)) {
      int frames = random.nextInt(1, LONGEST_STAY);
      sinceAck = 0;
      while (frames > 0 && !door.isOver() && !done) {
        ServerFrame frame = socket.next();
        if (frame instanceof ServerFrame.Notification notification) {
          books.notification(notification);
          goTo(notification.cursor());
          frames--;
          sinceAck++;
        } else if (frame instanceof ServerFrame.Welcome welcome) {
          begin(welcome, !after.isEmpty());
        } else if (frame instanceof ServerFrame.Gap) {
          books.gap();
        } else if (frame instanceof ServerFrame.Error error) {
          books.cutOff("was told of an error: " + error.message());
        }
        acknowledge(socket, frame == null);
      }
    }
  }

  private String query(String after) {
    String window = books.habit() == Habit.WINDOW ? "window=" + WINDOW : "";
    String from = after.isEmpty() ? "" : "after=" + after;
    String both = window + (window.isEmpty() || from.isEmpty() ? "" : "&") + from;
    return both.isEmpty() ? "" : "?" + both;
  }

  private String after() {
    Position position = books.habit() == Habit.PAGE ? saved : position();
    return switch (books.habit()) {
      case CHAIN, WINDOW, PAGE -> position == null ? "" : position.toString();
      case DRIFTER -> "end";
      case ACKS -> "";
    };
  }

  private void begin(ServerFrame.Welcome welcome, boolean asked) {
    books.welcomed(asked, welcome.resumed());
    user = welcome.cursor().user();
    everyone = welcome.cursor().everyone();
    saved = welcome.cursor();
    origin = origin == null ? saved : origin;
    sinceSave = 0;
  }

  private void goTo(Cursor cursor) {
    if (cursor.letter() == Feed.EVERYONE.letter()) {
      everyone = cursor;
    } else {
      user = cursor;
    }
    if (++sinceSave == FRAMES_PER_SAVE) {
      sinceSave = 0;
      saved = position();
    }
  }

  private @Nullable Position position() {
    return user == null && everyone == null ? null : new Position(user, everyone);
  }

  /** Every so many frames, and whenever nothing comes. */
  private void acknowledge(PageSocket socket, boolean idle) throws IOException {
    Position position = position();
    int often = books.habit() == Habit.WINDOW ? FRAMES_PER_WINDOW_ACK : FRAMES_PER_ACK;
    boolean due = idle ? sinceAck > 0 : sinceAck >= often;
    if (acknowledges && due && position != null) {
      sinceAck = 0;
      books.acknowledging();
      socket.acknowledge(position);
    }
  }
}
