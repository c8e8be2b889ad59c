package io.pushgate.gateway.transport;

import io.netty.channel.Channel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import io.pushgate.gateway.config.TransportKind;
import java.util.List;
import java.util.stream.Stream;

/** The wires that there are, each over the transport that it lives on. */
enum WireKind {
  NIO(TransportKind.NIO, ChannelWire.class),
  EPOLL(TransportKind.EPOLL, EpollWire.class),
  /** As where the answer to the handshake has not left yet. */
  EPOLL_CHANNEL(TransportKind.EPOLL, ChannelWire.class),
  IO_URING(TransportKind.IO_URING, ChannelWire.class);

  final TransportKind transport;
  private final Class<? extends Wire> wire;

  WireKind(TransportKind transport, Class<? extends Wire> wire) {
    this.transport = transport;
    this.wire = wire;
  }

  /** Those that this machine can run. */
  static List<WireKind> all() {
    return Stream.of(values())
        .filter(kind -> kind.transport != TransportKind.EPOLL || Epoll.isAvailable())
        .filter(kind -> kind.transport != TransportKind.IO_URING || IoUring.isAvailable())
        .toList();
  }

  /** Makes the wire as the public port does, and checks that it is of this kind. */
  Wire over(Channel channel, Transport transport, Runnable closed) {
    Wire made;
    if (this == EPOLL_CHANNEL) {
      ChannelWire slow = new ChannelWire(channel, closed);
      channel.pipeline().addLast(slow);
      made = slow;
    } else {
      made = transport.wire(channel, closed);
    }
    if (!wire.isInstance(made)) {
      throw new AssertionError("expected " + wire + ", got " + made.getClass());
    }
    return made;
  }
}
