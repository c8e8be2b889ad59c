package io.pushgate.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pushgate.gateway.testing.GatewayProgram;
import io.pushgate.gateway.testing.HttpCall;
import io.pushgate.gateway.testing.ReceiptReader;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.StreamRequest;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.CloseCode;
import io.pushgate.protocol.ingress.IngressAnswer.Ack;
import io.pushgate.protocol.ingress.IngressAnswer.Receipt;
import io.pushgate.protocol.publisher.PublisherClient;
import io.pushgate.protocol.publisher.PublisherListener;
import io.pushgate.protocol.publisher.PublisherOptions;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the program goes away: by a signal under traffic, by a second one, by an operator's word. */
class DrainProcessTest {
  private static final List<String> USERS = List.of("alice", "bob", "carol", "offline");
  private static final String LAST = "the last one";
  private static final int ACKED_BEFORE_THE_SIGNAL = 500;
  private static final int IN_FLIGHT = 64;

  @TempDir private Path data;

  private final Set<String> acked = ConcurrentHashMap.newKeySet();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Semaphore room = new Semaphore(IN_FLIGHT);

  @Test
  void whatWasAckedAndEveryReceiptOutlivesASignalUnderTraffic() throws Exception {
    try (GatewayProgram gateway = onDisk()) {
      List<CompletableFuture<CloseCode>> readers = new ArrayList<>();
      for (String user : USERS.subList(0, 3)) {
        StreamClient client = connect(gateway, StreamKind.WEBSOCKET, user);
        readers.add(CompletableFuture.supplyAsync(() -> readAndAcknowledge(client)));
      }
      PublisherClient billing =
          PublisherClient.connect(
              PublisherOptions.of("127.0.0.1", gateway.bound().ingressAddress().getPort())
                  .as("billing", null),
              PublisherListener.SILENT);
      Thread traffic = new Thread(() -> pushWhileItIsTaken(billing, gateway));
      traffic.start();
      Waiting.until("traffic", () -> acked.size() >= ACKED_BEFORE_THE_SIGNAL);

      gateway.process().terminate();

      assertThat(gateway.process().exitCode()).isZero();
      traffic.join();
      billing.close();
      assertThat(readers)
          .allSatisfy(end -> assertThat(Waiting.get(end)).isEqualTo(CloseCode.DRAIN));
    }
    try (GatewayProgram gateway = onDisk();
        ReceiptReader billing = new ReceiptReader(gateway.bound(), "billing", null)) {
      for (String user : USERS) {
        billing.push(TestPush.to(user).id(LAST + " for " + user).data("0").receipt());
        StreamClient client = connect(gateway, StreamKind.WEBSOCKET, user);
        for (String id = ""; !id.startsWith(LAST); ) {
          JsonNode frame = client.next("notification");
          id = frame.path("id").asText();
          seen.add(id);
        }
        client.ack(client.position());
      }

      assertThat(seen).containsAll(acked);
      assertThat(receipts(billing)).containsAllEntriesOf(deliveredOnce(acked));
    }
  }

  /** Until the stream ends, whose code is the answer. */
  private CloseCode readAndAcknowledge(StreamClient client) {
    while (true) {
      JsonNode frame = client.nextOrEnd();
      if (frame.isMissingNode()) {
        return client.end();
      }
      if (frame.path("op").asText().equals("notification")) {
        seen.add(frame.path("id").asText());
        acknowledge(client);
      }
    }
  }

  private static void acknowledge(StreamClient client) {
    try {
      client.ack(client.position());
    } catch (UncheckedIOException gone) {
      // The stream has ended meanwhile, which is read behind what came before.
    }
  }

  private void pushWhileItIsTaken(PublisherClient billing, GatewayProgram gateway) {
    for (int n = 0; gateway.process().isAlive(); n++) {
      TestPush push = TestPush.to(USERS.get(n % USERS.size())).data("" + n).receipt();
      if (isThereRoom()) {
        billing.push(push.request()).whenComplete(this::answered);
      }
    }
  }

  /** Waits for room as long as it takes to look whether the gateway is there. */
  private boolean isThereRoom() {
    try {
      return room.tryAcquire(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answered(Ack ack, Throwable failure) {
    if (failure == null) {
      acked.add(ack.id());
    }
    room.release();
  }

  /** How often each id was told as delivered, up to the last ones. */
  private static Map<String, Integer> receipts(ReceiptReader billing) throws Exception {
    Map<String, Integer> delivered = new HashMap<>();
    int lastOnes = 0;
    while (lastOnes < USERS.size()) {
      Receipt receipt = billing.nextReceipt();
      assertThat(receipt.event().wire()).isEqualTo("delivered");
      delivered.merge(receipt.id(), 1, Integer::sum);
      lastOnes += receipt.id().startsWith(LAST) ? 1 : 0;
    }
    return delivered;
  }

  private static Map<String, Integer> deliveredOnce(Set<String> ids) {
    Map<String, Integer> once = new HashMap<>();
    ids.forEach(id -> once.put(id, 1));
    return once;
  }

  private GatewayProgram onDisk() throws Exception {
    return GatewayProgram.serve(
        "--data-dir=" + data.resolve("data"),
        "--journal-count=1000000",
        "--journal-bytes=256MiB",
        "--drain=1s");
  }

  @Test
  void aSecondSignalCutsItShort() throws Exception {
    try (GatewayProgram gateway = GatewayProgram.serve("--broker=memory", "--drain=1h")) {
      StreamClient one = connect(gateway, StreamKind.WEBSOCKET, "alice");
      StreamClient other = connect(gateway, StreamKind.WEBSOCKET, "bob");

      gateway.process().terminate();
      assertThat(delays(one, other)).containsExactlyInAnyOrder(0, 1_800);
      assertThat(HttpCall.get(gateway.bound().adminAddress(), "/readyz").body())
          .contains("\"code\":\"draining\"");
      assertRefused(gateway);
      assertThat(gateway.process().isAlive()).isTrue();
      gateway.process().terminate();

      assertThat(gateway.process().exitCode()).isZero();
      assertThat(List.of(one.end(), other.end()))
          .containsExactlyInAnyOrder(CloseCode.DRAIN, CloseCode.SHUTDOWN);
    }
  }

  /** When they are to come back, in whole seconds. */
  private static List<Integer> delays(StreamClient... clients) {
    return List.of(clients).stream()
        .map(client -> Math.round(client.next("reconnect").path("delayMs").asInt() / 1000f))
        .toList();
  }

  private static void assertRefused(GatewayProgram gateway) {
    HttpResponse<String> refusal =
        HttpCall.get(gateway.bound().publicAddress(), "/api/v1/notifications/sse/carol");
    assertThat(refusal.statusCode()).isEqualTo(503);
    assertThat(refusal.body()).contains("\"code\":\"draining\"");
    assertThat(refusal.headers().firstValue("Retry-After").orElseThrow()).matches("[1-9][0-9]*");
  }

  @Test
  void anOperatorsWordIsAsASignal() throws Exception {
    try (GatewayProgram gateway = GatewayProgram.serve("--broker=memory", "--drain=10s")) {
      InetSocketAddress admin = gateway.bound().adminAddress();
      StreamClient one = connect(gateway, StreamKind.WEBSOCKET, "alice");
      StreamClient other = connect(gateway, StreamKind.SSE, "bob");
      StreamClient third = connect(gateway, StreamKind.WEBSOCKET, "carol");

      assertThat(HttpCall.post(admin, "/api/drain", "").statusCode()).isEqualTo(202);
      List.of(one, other, third).forEach(client -> client.next("reconnect"));
      assertThat(HttpCall.post(admin, "/api/drain", "").statusCode()).isEqualTo(202);

      assertThat(List.of(one.end(), other.end(), third.end())).containsOnly(CloseCode.DRAIN);
      assertThat(gateway.process().exitCode()).isZero();
    }
  }

  @Test
  void anIdleGatewayAnswersTheOperatorBeforeItIsGone() throws Exception {
    try (GatewayProgram gateway = GatewayProgram.serve("--broker=memory")) {
      InetSocketAddress admin = gateway.bound().adminAddress();

      assertThat(HttpCall.get(admin, "/api/drain").statusCode()).isEqualTo(405);
      assertThat(HttpCall.post(admin, "/api/drain", "").statusCode()).isEqualTo(202);

      assertThat(gateway.process().exitCode()).isZero();
    }
  }

  private static StreamClient connect(GatewayProgram gateway, StreamKind kind, String user)
      throws Exception {
    StreamClient client = kind.open(gateway.bound(), StreamRequest.of(user));
    client.next("welcome");
    return client;
  }
}
