package io.pushgate.bench.fault;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/**
 * How each connection of a crowd behaves: it sends an opening, then goes on with the same bytes
 * over and over, so many a tick. Immutable.
 *
 * @param opening what a connection of this number sends at once
 * @param rest what it sends then, from its start again behind its end; may be empty
 * @param perTick bytes of the rest in each tick; one is a drip
 * @param readPerTick bytes it reads in each tick; nothing is a peer that never reads
 * @param leaving what it does behind its opening
 */
public record Conduct(
    Port port,
    IntFunction<byte[]> opening,
    ByteBuffer rest,
    int perTick,
    int readPerTick,
    Leaving leaving) {

  /** As much as the socket takes or has. */
  static final int ALL = Integer.MAX_VALUE;

  /** Which port of the gateway it is for. */
  public enum Port {
    CLIENT,
    INGRESS
  }

  /** When a connection goes by itself. A new one takes its place, as where the gateway ends it. */
  public enum Leaving {
    NEVER,
    /** A reset a tick after its opening: SO_LINGER of zero. */
    RESET,
    /** A clean end a tick after its opening. */
    CLOSE
  }

  static Conduct silent(Port port, IntFunction<byte[]> opening) {
    return new Conduct(port, opening, ByteBuffer.allocate(0), 0, ALL, Leaving.NEVER);
  }

  Conduct sending(byte[] bytes, int bytesPerTick) {
    return new Conduct(port, opening, ByteBuffer.wrap(bytes), bytesPerTick, readPerTick, leaving);
  }

  Conduct reading(int bytesPerTick) {
    return new Conduct(port, opening, rest, perTick, bytesPerTick, leaving);
  }

  Conduct leaving(Leaving how) {
    return new Conduct(port, opening, rest, perTick, readPerTick, how);
  }
}
