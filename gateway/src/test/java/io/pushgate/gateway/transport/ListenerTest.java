package io.pushgate.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.pushgate.gateway.config.TransportConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody is served before all ports are bound. */
class ListenerTest {

  @ParameterizedTest
  @MethodSource("io.pushgate.gateway.transport.WireKind#all")
  void letsInWhoCameOnceItIsToldTo(WireKind kind) throws Exception {
    AtomicInteger served = new AtomicInteger();
    Transport transport = Transport.start(new TransportConfig(kind.transport, 1), () -> {});
    try {
      Listener first = listen(transport, served);
      try (Socket early = new Socket(first.address().getAddress(), first.address().getPort());
          Listener second = listen(transport, new AtomicInteger())) {
        // Another connection is through the loop meanwhile.
        second.accept();
        exchange(second);
        assertThat(served).hasValue(0);

        first.accept();

        assertThat(early.getInputStream().read()).isEqualTo('!');
        assertThat(served).hasValue(1);
      } finally {
        first.close();
      }
    } finally {
      transport.stop();
    }
  }

  private static Listener listen(Transport transport, AtomicInteger served) throws Exception {
    return transport.listen(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            served.incrementAndGet();
            channel.writeAndFlush(channel.alloc().buffer(1).writeByte('!'));
          }
        });
  }

  private static void exchange(Listener listener) throws Exception {
    try (Socket socket =
        new Socket(listener.address().getAddress(), listener.address().getPort())) {
      assertThat(socket.getInputStream().read()).isEqualTo('!');
    }
  }
}
