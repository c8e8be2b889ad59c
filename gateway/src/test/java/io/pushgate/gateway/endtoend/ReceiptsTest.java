package io.pushgate.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.config.BrokerKind;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.testing.ReceiptReader;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.StreamRequest;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressAnswer.Receipt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a service learns, through the Java publisher, what became of what it pushed. */
class ReceiptsTest {
  @TempDir private Path data;

  private final Deque<AutoCloseable> clients = new ArrayDeque<>();
  private Gateway gateway;

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable client : clients) {
      client.close();
    }
    gateway.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"MEMORY", "DISK"})
  void tellsOnceHowEachNotificationEnded(BrokerKind kind) throws Exception {
    start(kind, 3);
    ReceiptReader billing = reader("billing", null);
    StreamClient alice = session("alice");
    billing.push(TestPush.to("alice").id("read").receipt());
    alice.ack(alice.next("notification").path("cursor").asText());
    assertThat(billing.next()).isEqualTo("delivered read alice");
    alice.ack(alice.position());

    billing.push(TestPush.to("bob").id("late").ttl(1).receipt());
    assertThat(billing.next()).isEqualTo("expired late bob");

    billing.push(TestPush.to(List.of("bob", "carol")).id("wrong").receipt());
    assertThat(billing.recall("wrong")).isEqualTo(2);
    assertThat(List.of(billing.next(), billing.next()))
        .containsExactlyInAnyOrder("recalled wrong bob", "recalled wrong carol");

    for (int i = 0; i < 5; i++) {
      billing.push(TestPush.to("dave").id("many-" + i).receipt());
    }
    assertThat(billing.next()).isEqualTo("trimmed many-0 dave");
    assertThat(billing.next()).isEqualTo("trimmed many-1 dave");
    assertThat(billing.heardNothingElse()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"MEMORY", "DISK"})
  void goesOnBehindTheCursorThatAServiceKept(BrokerKind kind) throws Exception {
    start(kind);
    ReceiptReader first = reader("billing", null);
    assertThat(first.begins()).isEqualTo("anew");
    ended(first, "a");
    Receipt kept = first.nextReceipt();
    first.close();
    ReceiptReader shipping = reader("shipping", null);
    ended(shipping, "x");
    assertThat(shipping.next()).isEqualTo("recalled x bob");
    ReceiptReader away = reader("billing", "end");
    ended(away, "b");
    ended(away, "c");

    ReceiptReader second = reader("billing", kept.cursor().value());
    assertThat(second.begins()).isEqualTo("resumed");
    assertThat(List.of(second.next(), second.next()))
        .containsExactly("recalled b bob", "recalled c bob");
    ReceiptReader all = reader("billing", null);
    assertThat(List.of(all.next(), all.next(), all.next()))
        .containsExactly("recalled a bob", "recalled b bob", "recalled c bob");
  }

  @ParameterizedTest
  @EnumSource(names = {"MEMORY", "DISK"})
  void tellsEveryConnectionOfAName(BrokerKind kind) throws Exception {
    start(kind);
    ReceiptReader pushing = reader("billing", null);
    ReceiptReader watching = reader("billing", null);
    for (int i = 0; i < 20; i++) {
      ended(pushing, "i-" + i);
    }
    for (int i = 0; i < 20; i++) {
      Receipt receipt = pushing.nextReceipt();
      assertThat(receipt.id()).isEqualTo("i-" + i);
      assertThat(watching.nextReceipt()).isEqualTo(receipt);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MEMORY", "DISK"})
  void tellsAServiceWithoutANameOnTheConnectionThatPushed(BrokerKind kind) throws Exception {
    start(kind);
    ReceiptReader other = reader(null, null);
    ReceiptReader pushing = reader(null, null);
    ended(other, "other");
    ended(pushing, "own");
    Receipt receipt = pushing.nextReceipt();
    assertThat(receipt.id()).isEqualTo("own");
    assertThat(receipt.cursor()).isNull();
    assertThat(other.next()).isEqualTo("recalled other bob");
    assertThat(pushing.heardNothingElse()).isTrue();
    assertThat(other.heardNothingElse()).isTrue();
  }

  @Test
  void losesNoReceiptOverARestartOnDisk() throws Exception {
    start(BrokerKind.DISK);
    ReceiptReader before = reader("billing", null);
    ended(before, "first");
    Receipt kept = before.nextReceipt();
    ended(before, "second");
    assertThat(before.next()).isEqualTo("recalled second bob");
    before.push(TestPush.to("alice").id("open").receipt());
    before.close();
    gateway.close();

    start(BrokerKind.DISK);
    ReceiptReader after = reader("billing", kept.cursor().value());
    assertThat(after.begins()).isEqualTo("resumed");
    assertThat(after.next()).isEqualTo("recalled second bob");
    StreamClient alice = session("alice");
    alice.ack(alice.next("notification").path("cursor").asText());
    assertThat(after.next()).isEqualTo("delivered open alice");
    assertThat(after.heardNothingElse()).isTrue();
  }

  @Test
  void tellsAGapWhereARestartForgotTheReceipts() throws Exception {
    start(BrokerKind.MEMORY);
    ReceiptReader before = reader("billing", null);
    ended(before, "first");
    Receipt kept = before.nextReceipt();
    before.close();
    gateway.close();

    start(BrokerKind.MEMORY);
    ReceiptReader after = reader("billing", kept.cursor().value());
    assertThat(after.begins()).isEqualTo("anew");
    assertThat(after.next()).isEqualTo("gap");
    ended(after, "second");
    assertThat(after.next()).isEqualTo("recalled second bob");
  }

  @ParameterizedTest
  @EnumSource(names = {"MEMORY", "DISK"})
  void aStatusSeesAllThatWasAskedForBeforeIt(BrokerKind kind) throws Exception {
    start(kind);
    ReceiptReader billing = reader("billing", null);
    StreamClient alice = session("alice");
    for (int i = 0; i < 50; i++) {
      IngressAnswer.StatusIs status =
          billing.pushAndStatus(TestPush.to(List.of("alice", "bob")).id("i-" + i).receipt());
      assertThat(status.users()).hasSize(2);
    }
    billing.push(TestPush.to("alice").id("read"));
    for (int i = 0; i <= 50; i++) {
      alice.next("notification");
    }
    assertThat(billing.status("read").sent()).isEqualTo(1);
    assertThat(billing.status("read").acknowledged()).isZero();
  }

  /** Pushes to somebody who is away, and lets that end at once. */
  private static void ended(ReceiptReader by, String id) throws Exception {
    by.push(TestPush.to("bob").id(id).receipt());
    assertThat(by.recall(id)).isEqualTo(1);
  }

  private ReceiptReader reader(String name, String after) {
    ReceiptReader reader = new ReceiptReader(gateway.bound(), name, after);
    clients.push(reader);
    return reader;
  }

  private StreamClient session(String user) throws IOException {
    StreamClient session = StreamKind.WEBSOCKET.open(gateway.bound(), StreamRequest.of(user));
    clients.push(session);
    session.next("welcome");
    return session;
  }

  private void start(BrokerKind kind) throws Exception {
    start(kind, 1000);
  }

  private void start(BrokerKind kind, int journalCount) throws Exception {
    gateway =
        Gateway.start(
            GatewayConfig.of(
                    "broker=" + kind.name().toLowerCase(Locale.ROOT),
                    "data-dir=" + data,
                    "journal-count=" + journalCount,
                    "drain=200ms")
                .withFreePorts());
  }
}
