package io.pushgate.gateway.session;

import io.pushgate.gateway.broker.Sent;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What one session was sent of one journal. Written on its event loop, behind the bytes, a plain
 * store a write; read by <em>any thread</em>. Who judges an acknowledgement sees all that its
 * client saw: either it was said on that loop, or it was posted, and waited for it.
 *
 * <p>The range that grows is held in two numbers; a new one begins where the reader passed over
 * something, such as a notification that nobody holds any more.
 */
public class Trail implements Sent {
  private static final VarHandle EARLIER;
  private static final VarHandle BEHIND;
  private static final VarHandle THROUGH;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      EARLIER = lookup.findVarHandle(Trail.class, "earlier", Ranges.class);
      BEHIND = lookup.findVarHandle(Trail.class, "behind", long.class);
      THROUGH = lookup.findVarHandle(Trail.class, "through", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  // Read in the opposite order of that in which they are written: who sees a range that has just
  // begun sees also where the one before it went.
  private Ranges earlier = Ranges.NONE;
  private long behind;
  private long through;

  Trail() {}

  /** The client's cursor shows that it was sent all up to this offset by an earlier process. */
  final void witnessed(long offset) {
    EARLIER.setRelease(this, earlier.with(0, offset));
  }

  /**
   * Entries that follow on each other went out.
   *
   * @param predecessor the offset of the entry that the journal got before the first, 0 for none
   */
  final void sent(long predecessor, long first, long last) {
    if (through == 0 || predecessor != through) {
      EARLIER.setRelease(this, earlier.with(behind, through));
      BEHIND.setRelease(this, predecessor > 0 ? predecessor : first - 1);
    }
    THROUGH.setRelease(this, last);
  }

  /** The last offset that was sent, 0 for none. */
  final long through() {
    return through;
  }

  @Override
  public final boolean contains(long offset) {
    long to = (long) THROUGH.getAcquire(this);
    long from = (long) BEHIND.getAcquire(this);
    return (offset > from && offset <= to) || ((Ranges) EARLIER.getAcquire(this)).contains(offset);
  }

  /** All that was sent until now. <em>Any thread.</em> */
  public final Ranges ranges() {
    long to = (long) THROUGH.getAcquire(this);
    long from = (long) BEHIND.getAcquire(this);
    return ((Ranges) EARLIER.getAcquire(this)).with(from, to);
  }
}
