package io.pushgate.gateway.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.pushgate.gateway.transport.Wire;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A socket in the hands of a test: takes as many bytes as it was told, and keeps them. The wire's
 * own methods run on the loop; the test's run there too, and wait for it.
 */
public final class FakeWire implements Wire {
  private final EventLoop loop;
  private final Taken taken = new Taken();
  private final List<byte[]> early = new ArrayList<>();
  private @Nullable Receiver receiver;
  private long room = Long.MAX_VALUE;
  private boolean full;
  private boolean reading = true;
  private boolean peerCloses = true;
  private boolean finished;
  private boolean aborted;
  private boolean lost;
  private @Nullable Runnable beforeWrite;

  /** Bytes of which a part can be had without a copy of all. */
  private static final class Taken extends ByteArrayOutputStream {
    byte[] from(int start) {
      return Arrays.copyOfRange(buf, start, count);
    }
  }

  public FakeWire(EventLoop loop) {
    this.loop = loop;
  }

  @Override
  public void open(Receiver receiver) {
    assert loop.inEventLoop();
    this.receiver = receiver;
    if (lost) {
      receiver.lost();
      return;
    }
    early.forEach(this::deliver);
    early.clear();
  }

  @Override
  public int write(ByteBuf bytes, int index, int length) {
    assert loop.inEventLoop();
    if (finished || aborted || lost) {
      return 0;
    }
    if (beforeWrite != null) {
      beforeWrite.run();
    }
    int part = (int) Math.min(length, room);
    byte[] copy = new byte[part];
    bytes.getBytes(index, copy);
    taken.writeBytes(copy);
    room -= part;
    full |= part < length;
    return part;
  }

  @Override
  public void reading(boolean on) {
    assert loop.inEventLoop();
    reading = on;
  }

  @Override
  public void finish() {
    assert loop.inEventLoop();
    finished = true;
    if (peerCloses) {
      loop.execute(this::lose);
    }
  }

  @Override
  public void abort() {
    assert loop.inEventLoop();
    aborted = true;
    loop.execute(this::lose);
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  private void lose() {
    if (!lost) {
      lost = true;
      if (receiver != null) {
        receiver.lost();
      }
    }
  }

  private void deliver(byte[] bytes) {
    if (receiver == null) {
      early.add(bytes);
    } else if (!lost) {
      receiver.received(Unpooled.wrappedBuffer(bytes.clone()));
    }
  }

  /** From now on this is run before each write; it may throw. */
  public void beforeWrites(Runnable deed) {
    onLoop(() -> beforeWrite = deed);
  }

  /** From now on takes only so many bytes more. */
  public void takeOnly(long bytes) {
    onLoop(() -> room = bytes);
  }

  /** Takes so many bytes more, and says so to a session that waits for it. */
  public void takeMore(long bytes) {
    onLoop(
        () -> {
          room = Math.min(Long.MAX_VALUE - bytes, room) + bytes;
          if (full && receiver != null && !lost) {
            full = false;
            receiver.writable();
          }
          return room;
        });
  }

  public void takeAll() {
    takeMore(Long.MAX_VALUE / 2);
  }

  /** The peer sends these bytes. */
  public void receive(byte[] bytes) {
    onLoop(
        () -> {
          deliver(bytes);
          return bytes.length;
        });
  }

  /** The peer does not answer the end of our direction with its own. */
  public void peerStays() {
    onLoop(() -> peerCloses = false);
  }

  /** The peer is gone. */
  public void cut() {
    onLoop(
        () -> {
          lose();
          return lost;
        });
  }

  public byte[] taken() {
    return takenFrom(0);
  }

  /** What it took behind its first {@code start} bytes. */
  byte[] takenFrom(int start) {
    return onLoop(() -> taken.from(start));
  }

  public boolean reading() {
    return onLoop(() -> reading);
  }

  public boolean full() {
    return onLoop(() -> full);
  }

  public boolean finished() {
    return onLoop(() -> finished);
  }

  public boolean aborted() {
    return onLoop(() -> aborted);
  }

  public boolean lost() {
    return onLoop(() -> lost);
  }

  private <T> T onLoop(Callable<T> question) {
    try {
      return loop.inEventLoop() ? question.call() : loop.submit(question).get();
    } catch (Exception e) {
      throw new AssertionError("the loop could not answer", e);
    }
  }
}
