package io.pushgate.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.HttpCall;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.StreamRequest;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that read nothing, so many that what is half-written for them fills the memory. */
class OverloadTest {
  private static final int SLOW = 40;
  private static final int DATA_BYTES = 900_000;
  private static final int MOST = 24 << 20;
  private static final String BUFFERED = "pushgate_buffered_bytes";

  @RegisterExtension
  final GatewayExtension gateway =
      GatewayExtension.with(
          "max-buffered=" + MOST, "max-payload=1000000", "journal-bytes=64MiB", "event-loops=1");

  @ParameterizedTest
  @EnumSource
  void theNewestOfThoseWhoReadNothingHaveToGoAndTheOthersAreServedOn(StreamKind kind)
      throws IOException {
    List<StreamClient> slow = new ArrayList<>();
    List<String> users = new ArrayList<>();
    for (int i = 0; i < SLOW; i++) {
      StreamRequest request = StreamRequest.of("slow " + i).receiveBuffer(16 << 10);
      slow.add(gateway.open(kind, request));
      users.add("slow " + i);
    }
    Healthy healthy = new Healthy(gateway);
    slow.forEach(StreamClient::pause);
    gateway
        .publisher()
        .push(TestPush.to(users).data("\"the last that they read\""))
        .push(TestPush.to(users).size(DATA_BYTES))
        .settle();
    Waiting.until("some are shed", () -> shed() > 0);
    Waiting.until("it is enough", () -> gateway.metric(BUFFERED) < MOST);
    healthy.isServed();

    int kept = SLOW - shed();
    assertThat(kept).as("sessions that are served on").isBetween(5, SLOW - 2);
    for (int i = 0; i < kept; i++) {
      slow.get(i).resume();
      assertThat(slow.get(i).nextData(2).get(1)).hasSize(DATA_BYTES - 2);
      gateway.publisher().push(TestPush.to("slow " + i).data("\"on\"")).settle();
      assertThat(slow.get(i).nextData(1)).containsExactly("on");
    }
    assertThat(gateway.sessions("slow " + kept)).as("the oldest of those shed").isEmpty();
    assertThat(gateway.limitHits("max-buffered")).as("once, not once a session").isEqualTo(1);
  }

  @Test
  void whatWasDeliveredIsInUseNoMore() throws IOException {
    Healthy healthy = new Healthy(gateway);
    healthy.isServed();
    double before = gateway.metric(BUFFERED);
    for (int times = 0; times < 200; times++) {
      healthy.isServed();
    }
    Waiting.until("it is given back", () -> gateway.metric(BUFFERED) < before + (4 << 10));
  }

  @Test
  void nobodyIsLetInAndNoPublisherReadWhileBuffersTakeTooMuch() throws IOException {
    Healthy healthy = new Healthy(gateway);
    InetSocketAddress port = gateway.bound().publicAddress();
    ByteBuf all = PooledByteBufAllocator.DEFAULT.directBuffer(MOST);
    try (RawSocket publisher = new RawSocket(gateway.bound().ingressAddress())) {
      Waiting.until("it is too much", () -> gateway.limitHits("max-buffered") > 0);
      try (RawSocket late = new RawSocket(port)) {
        assertThat(late.upgrade("late").readAll()).contains("503", "overloaded", "etry-After");
      }
      assertThat(HttpCall.get(port, "/").statusCode()).as("what is no session").isEqualTo(200);
      publisher.send("{\"op\":\"ping\"}\n{\"op\":\"pi");
      all.release();
      publisher.send("ng\"}\n");
      assertThat(publisher.readUntil("\n") + publisher.readUntil("\n")).contains("pong");
    } finally {
      if (all.refCnt() > 0) {
        all.release();
      }
    }
    Waiting.until("others are let in again", this::letsIn);
    healthy.isServed();
  }

  private int shed() {
    return (int) gateway.metric("pushgate_sessions_closed_total{code=\"1013\"}");
  }

  private boolean letsIn() {
    try (RawSocket client = new RawSocket(gateway.bound().publicAddress())) {
      return client.upgrade("later").readUntil("\r\n").contains("101");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
