package io.pushgate.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.pushgate.gateway.Main;
import io.pushgate.gateway.config.ListenConfig;
import io.pushgate.gateway.testing.ChildJvm;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.StreamRequest;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway whose process has no file descriptor left. */
class DescriptorsTest {
  private static final int DESCRIPTORS = 256;
  private static final Pattern LISTENING =
      Pattern.compile("listening public=.*:(\\d+) ingress=.*:(\\d+) admin=.*:(\\d+)");

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "nio"})
  void servesThoseWhoAreInAndLetsOthersInWhenThereAreSomeAgain(String transport) throws Exception {
    assertThat(Epoll.isAvailable()).isTrue();
    try (ChildJvm child =
        ChildJvm.startWithin(
            DESCRIPTORS,
            Main.class,
            "--broker=memory",
            "--public-port=0",
            "--ingress-port=0",
            "--admin-port=0",
            "--transport=" + transport,
            "--heartbeat=500ms",
            "--max-connections=1000")) {
      ListenConfig bound = bound(child.awaitOut("listening "));
      StreamClient session = StreamKind.WEBSOCKET.open(bound, StreamRequest.of("alice"));
      session.next("welcome");
      RawSocket publisher = new RawSocket(bound.ingressAddress());
      served(publisher, session);
      // What loads its classes one by one needs descriptors for that: once it all ran, it needs
      // none.
      Waiting.until("two heartbeats", () -> session.heartbeats() >= 2);

      List<RawSocket> many = new ArrayList<>();
      for (int i = 0; i < DESCRIPTORS; i++) {
        many.add(new RawSocket(bound.publicAddress()));
      }
      child.awaitErr("cannot accept a connection");
      Duration before = child.processorTime();
      long began = System.nanoTime();
      int beats = session.heartbeats();
      Waiting.until("two seconds' heartbeats", () -> session.heartbeats() >= beats + 4);
      served(publisher, session);
      Duration lasted = Duration.ofNanos(System.nanoTime() - began);
      assertThat(child.processorTime().minus(before))
          .as("it does not ask again and again for what is not there")
          .isLessThan(lasted.dividedBy(2));

      for (RawSocket socket : many) {
        socket.close();
      }
      StreamClient next = StreamKind.WEBSOCKET.open(bound, StreamRequest.of("alice"));
      next.next("welcome");
      served(publisher, session);
      next.close();
      session.close();
      publisher.close();
    }
  }

  private static void served(RawSocket publisher, StreamClient session) throws IOException {
    publisher.send("{\"op\":\"push\",\"to\":\"alice\",\"data\":\"hello\"}\n");
    assertThat(publisher.readUntil("\n")).contains("\"ack\"");
    assertThat(session.nextData(1)).containsExactly("hello");
  }

  private static ListenConfig bound(String line) {
    Matcher ports = LISTENING.matcher(line);
    assertThat(ports.matches()).isTrue();
    return ListenConfig.bound(port(ports, 1), port(ports, 2), port(ports, 3));
  }

  private static InetSocketAddress port(Matcher ports, int group) {
    return new InetSocketAddress(
        InetAddress.getLoopbackAddress(), Integer.parseInt(ports.group(group)));
  }
}
