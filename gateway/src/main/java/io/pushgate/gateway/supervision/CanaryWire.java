package io.pushgate.gateway.supervision;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.pushgate.gateway.transport.Wire;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of a canary's way: takes whatever a session writes, as a socket that is never full, and
 * tells which canaries were among it. <em>Event loop only.</em>
 */
final class CanaryWire implements Wire {
  private static final Pattern NUMBER = Pattern.compile("\"data\":(\\d+)}");

  private final EventLoop loop;
  private final LongConsumer seen;

  CanaryWire(EventLoop loop, LongConsumer seen) {
    this.loop = loop;
    this.seen = seen;
  }

  @Override
  public void open(Receiver receiver) {}

  @Override
  public int write(ByteBuf bytes, int index, int length) {
    Matcher number = NUMBER.matcher(bytes.toString(index, length, StandardCharsets.US_ASCII));
    while (number.find()) {
      seen.accept(Long.parseLong(number.group(1)));
    }
    return length;
  }

  @Override
  public void reading(boolean on) {}

  @Override
  public void finish() {}

  @Override
  public void abort() {}

  @Override
  public EventLoop loop() {
    return loop;
  }
}
