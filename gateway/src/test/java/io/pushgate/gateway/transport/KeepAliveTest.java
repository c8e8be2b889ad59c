package io.pushgate.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.pushgate.gateway.config.TransportConfig;
import io.pushgate.gateway.config.TransportKind;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A publisher that is gone without a word does not hold its place for ever. */
class KeepAliveTest {
  /** Of the column {@code tr}: a timer is set that is none of retransmission. */
  private static final String KEEPALIVE = "02";

  private static final int HERTZ = 100;
  private static final int OWN = 1;
  private static final int PEER = 2;
  private static final int TIMER = 5;

  @ParameterizedTest
  @MethodSource("io.pushgate.gateway.transport.WireKind#all")
  void theKernelAsksWhoIsSilent(WireKind kind) throws Exception {
    Transport transport = Transport.start(new TransportConfig(kind.transport, 1), () -> {});
    try (Listener listener = listen(transport)) {
      listener.accept();
      try (Socket publisher =
          new Socket(listener.address().getAddress(), listener.address().getPort())) {
        assertThat(publisher.getInputStream().read()).isEqualTo('!');

        int port = listener.address().getPort();
        // Before, it may be the one that waits for '!' to be acknowledged.
        Waiting.until(
            "a keep-alive timer",
            () -> timer(port, publisher.getLocalPort()).get(0).equals(KEEPALIVE));

        List<String> timer = timer(port, publisher.getLocalPort());
        if (kind.transport != TransportKind.NIO) {
          assertThat(Integer.parseInt(timer.get(1), 16)).isBetween(1, 61 * HERTZ);
        }
      }
    } finally {
      transport.stop();
    }
  }

  private static Listener listen(Transport transport) throws IOException {
    return transport.listen(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.writeAndFlush(channel.alloc().buffer(1).writeByte('!'));
          }
        });
  }

  /** The timer of the gateway's end as the kernel shows it: which one, and when, in hundredths. */
  private static List<String> timer(int port, int peer) {
    List<String> lines = new ArrayList<>();
    try {
      for (Path table : List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"))) {
        if (Files.exists(table)) {
          lines.addAll(Files.readAllLines(table));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines.stream()
        .map(line -> List.of(line.strip().split("\\s+", -1)))
        .filter(fields -> endsWith(fields.get(OWN), port) && endsWith(fields.get(PEER), peer))
        .map(fields -> List.of(fields.get(TIMER).split(":", -1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the kernel knows no such connection"));
  }

  private static boolean endsWith(String address, int port) {
    return address.endsWith(":%04X".formatted(port));
  }
}
