package io.pushgate.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.pushgate.gateway.testing.Waiting;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A wire and all that it told, in the hands of a test: any thread asks, the loop answers. */
final class ServedWire implements Wire.Receiver {
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger writable = new AtomicInteger();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final Wire wire;
  private Consumer<ByteBuf> onBytes = bytes -> {};
  private Runnable onWritable = () -> {};

  /**
   * @param make makes the wire that is to tell of its end
   */
  ServedWire(Function<Runnable, Wire> make) {
    wire = make.apply(closed::incrementAndGet);
  }

  @Override
  public void received(ByteBuf bytes) {
    assert wire.loop().inEventLoop();
    if (lost.get() > 0) {
      throw new IllegalStateException("bytes behind the end");
    }
    received.writeBytes(ByteBufUtil.getBytes(bytes));
    onBytes.accept(bytes);
  }

  @Override
  public void writable() {
    assert wire.loop().inEventLoop();
    writable.incrementAndGet();
    onWritable.run();
  }

  @Override
  public void lost() {
    assert wire.loop().inEventLoop();
    lost.incrementAndGet();
  }

  /** The wire itself, for its loop. */
  Wire wire() {
    return wire;
  }

  /** Opens, on its loop. */
  ServedWire open() {
    run(() -> wire.open(this));
    return this;
  }

  /** What is done with bytes beside keeping them; before {@link #open}. */
  ServedWire onBytes(Consumer<ByteBuf> action) {
    onBytes = action;
    return this;
  }

  void onWritable(Runnable action) {
    onWritable = action;
  }

  /** Offers a text and answers how much was taken. */
  int write(String text) {
    return ask(
        () -> {
          ByteBuf bytes = direct(text.getBytes(StandardCharsets.ISO_8859_1));
          try {
            return wire.write(bytes, 0, bytes.readableBytes());
          } finally {
            bytes.release();
          }
        });
  }

  /** A wire is offered direct buffers alone. */
  static ByteBuf direct(byte[] bytes) {
    return UnpooledByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
  }

  void reading(boolean on) {
    run(() -> wire.reading(on));
  }

  void finish() {
    run(wire::finish);
  }

  void abort() {
    run(wire::abort);
  }

  String text() {
    return ask(() -> received.toString(StandardCharsets.ISO_8859_1));
  }

  int size() {
    return ask(received::size);
  }

  int timesWritable() {
    return writable.get();
  }

  int timesClosed() {
    return closed.get();
  }

  int timesLost() {
    return lost.get();
  }

  void awaitText(String expected) {
    Waiting.until(
        () -> "expected " + expected + ", received " + text(), () -> text().equals(expected));
  }

  /** Waits until both were told, and fails where either is told again. */
  void awaitEnd() {
    Waiting.until(
        () -> "told of its end " + lost + " times, closed " + closed + " times",
        () -> lost.get() > 0 && closed.get() > 0);
    turns();
    if (lost.get() != 1 || closed.get() != 1) {
      throw new AssertionError("lost " + lost + " times, closed " + closed + " times");
    }
  }

  /** Lets the loop do what it still had to do, and what that left to do. */
  void turns() {
    for (int i = 0; i < 5; i++) {
      run(() -> {});
    }
  }

  void run(Runnable action) {
    ask(
        () -> {
          action.run();
          return true;
        });
  }

  <T> T ask(Supplier<T> question) {
    return Waiting.get(CompletableFuture.supplyAsync(question, wire.loop()));
  }
}
