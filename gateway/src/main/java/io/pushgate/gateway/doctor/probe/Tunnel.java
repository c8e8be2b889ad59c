package io.pushgate.gateway.doctor.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The client's end of an open WebSocket: reads whole frames, answers pings by itself, and remembers
 * how it ended. One thread.
 */
public final class Tunnel implements Closeable {
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int MAX_PAYLOAD = 1 << 21;

  /** A frame that has begun comes whole, or the connection is broken. */
  private static final Duration FRAME = Duration.ofSeconds(10);

  private final Link link;
  private State state = State.OPEN;
  private String reason = "";
  private long lastByteNanos = System.nanoTime();

  /** How it stands. */
  public enum State {
    OPEN,
    /** By a Close frame, with a code that says why. */
    CLOSED,
    /** Without a word. */
    CUT
  }

  Tunnel(Link link) {
    this.link = link;
  }

  public State state() {
    return state;
  }

  /** The code of the Close frame and its reason. */
  public String reason() {
    return reason;
  }

  /** How long neither side has sent anything. */
  public Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastByteNanos);
  }

  /**
   * The next text message; empty where none comes in time or the tunnel ends, which {@link #state}
   * tells apart.
   */
  public Optional<String> next(Duration patience) {
    Deadline deadline = Deadline.in(patience);
    while (state == State.OPEN && !deadline.isOver()) {
      try {
        int first = link.read(deadline);
        if (first < 0) {
          end(State.CUT, "");
        } else {
          Optional<String> text = frame(first);
          lastByteNanos = System.nanoTime();
          if (text.isPresent()) {
            return text;
          }
        }
      } catch (SocketTimeoutException nothing) {
        return Optional.empty();
      } catch (IOException cut) {
        end(State.CUT, "");
      }
    }
    return Optional.empty();
  }

  /** Waits for a message that contains a text, over others. */
  public Optional<String> await(String part, Duration patience) {
    long start = System.nanoTime();
    while (state == State.OPEN) {
      long left = patience.toNanos() - (System.nanoTime() - start);
      Optional<String> text =
          left <= 0 ? Optional.empty() : next(Duration.ofNanos(Math.max(left, 1_000_000)));
      if (text.isEmpty() || text.get().contains(part)) {
        return text;
      }
    }
    return Optional.empty();
  }

  public void send(String text) {
    write(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Says goodbye and waits a moment for the answer, so that no proxy still counts it. */
  @Override
  public void close() {
    if (state == State.OPEN) {
      write(CLOSE, new byte[] {0x03, (byte) 0xE8});
      Deadline deadline = Deadline.in(Duration.ofSeconds(1));
      while (state == State.OPEN && !deadline.isOver()) {
        next(Duration.ofMillis(deadline.millisLeft()));
      }
      awaitEnd(deadline);
    }
    link.close();
  }

  private void awaitEnd(Deadline deadline) {
    try {
      while (!deadline.isOver() && link.read(deadline) >= 0) {
        // Whatever still comes is nobody's.
      }
    } catch (IOException gone) {
      // That is what was waited for.
    }
  }

  private Optional<String> frame(int first) throws IOException {
    Deadline deadline = Deadline.in(FRAME);
    long length = byteOf(deadline) & 0x7F;
    if (length >= 126) {
      int bytes = length == 126 ? 2 : 8;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = length << 8 | byteOf(deadline);
      }
    }
    if (length < 0 || length > MAX_PAYLOAD) {
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] payload = new byte[(int) length];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) byteOf(deadline);
    }
    return take(first & 0x0F, payload);
  }

  private Optional<String> take(int opcode, byte[] payload) {
    switch (opcode) {
      case TEXT -> {
        return Optional.of(new String(payload, StandardCharsets.UTF_8));
      }
      case PING -> write(PONG, payload);
      case CLOSE -> {
        int code = payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
        String text =
            payload.length < 2
                ? ""
                : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        end(State.CLOSED, (code + " " + text).strip());
      }
      default -> {} // A pong, or what this client did not ask for.
    }
    return Optional.empty();
  }

  private void end(State how, String why) {
    if (state == State.OPEN) {
      state = how;
      reason = why;
    }
  }

  private int byteOf(Deadline deadline) throws IOException {
    int b = link.read(deadline);
    if (b < 0) {
      throw new IOException("ended within a frame");
    }
    return b;
  }

  /** A client's frames are masked (RFC 6455, section 5.3). */
  private void write(int opcode, byte[] payload) {
    byte[] mask = new byte[4];
    ThreadLocalRandom.current().nextBytes(mask);
    ByteBuf frame = Unpooled.buffer(payload.length + 8);
    frame.writeByte(0x80 | opcode);
    if (payload.length < 126) {
      frame.writeByte(0x80 | payload.length);
    } else {
      frame.writeByte(0x80 | 126).writeShort(payload.length);
    }
    frame.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.writeByte(payload[i] ^ mask[i % 4]);
    }
    try {
      link.write(ByteBufUtil.getBytes(frame));
      lastByteNanos = System.nanoTime();
    } catch (IOException cut) {
      end(State.CUT, "");
    }
  }
}
