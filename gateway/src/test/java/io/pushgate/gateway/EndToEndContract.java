package io.pushgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.Publisher;
import io.pushgate.gateway.testing.SessionClient;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.gateway.testing.WebSocketClient;
import io.pushgate.protocol.client.ServerFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A push from a publisher's socket to the sockets of sessions, through the whole gateway. */
abstract class EndToEndContract {
  @RegisterExtension final GatewayExtension gateway = gateway();

  abstract GatewayExtension gateway();

  @ParameterizedTest
  @ValueSource(strings = {"ws", "sse"})
  void aPushToAUserReachesAllOfTheUsersSessionsAndNobodyElses(String stream) {
    SessionClient first = connect(stream, "alice@example.com", "");
    SessionClient second = connect(stream, "alice%40example.com", "");
    SessionClient bob = connect(stream, "bob@example.com", "");
    first.welcome();
    second.welcome();
    bob.welcome();

    Publisher publisher = gateway.publisher();
    String ack = publisher.push(Publisher.line("alice@example.com", "{\"n\": 17}"));
    publisher.push(Publisher.line("bob@example.com", "1"));

    assertThat(ack).contains("\"users\":1").contains("\"sessions\":2");
    assertThat(first.data(1)).containsExactly("{\"n\": 17}");
    assertThat(second.data(1)).containsExactly("{\"n\": 17}");
    assertThat(bob.data(1)).containsExactly("1");
    assertThat(first.isSilent() && second.isSilent() && bob.isSilent()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws", "sse"})
  void aPushToSeveralAndOneToEveryone(String stream) {
    SessionClient alice = connect(stream, "alice", "");
    SessionClient bob = connect(stream, "bob", "");
    SessionClient carol = connect(stream, "carol", "");
    alice.welcome();
    bob.welcome();
    carol.welcome();

    Publisher publisher = gateway.publisher();
    publisher.push("{\"op\":\"push\",\"to\":[\"alice\",\"bob\"],\"data\":\"two\"}");
    assertThat(alice.data(1)).containsExactly("\"two\"");
    assertThat(bob.data(1)).containsExactly("\"two\"");
    String ack = publisher.push(Publisher.line("*", "\"all\""));

    assertThat(ack).contains("\"users\":3").contains("\"sessions\":3");
    assertThat(alice.data(1)).containsExactly("\"all\"");
    assertThat(bob.data(1)).containsExactly("\"all\"");
    assertThat(carol.data(1)).containsExactly("\"all\"");
  }

  @ParameterizedTest
  @CsvSource({
    "jürgen@example.com, j%C3%BCrgen@example.com",
    "a+b@example.com, a+b%40example.com",
    "a/b@example.com, a%2Fb@example.com",
    "a%2Fb@example.com, a%252Fb@example.com",
    "用户@例.example, %E7%94%A8%E6%88%B7@%E4%BE%8B.example",
    "🐙, %F0%9F%90%99",
  })
  void aNameIsOneHoweverItIsWritten(String name, String segment) {
    SessionClient webSocket = connect("ws", segment, "");
    SessionClient sse = connect("sse", segment, "");
    assertThat(webSocket.welcome().user().value()).isEqualTo(name);
    sse.welcome();

    StringBuilder escaped = new StringBuilder();
    name.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
    gateway.publisher().push(Publisher.line(name, "1"));
    gateway.publisher().push(Publisher.line(escaped.toString(), "2"));

    assertThat(webSocket.data(2)).containsExactly("1", "2");
    assertThat(sse.data(2)).containsExactly("1", "2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws", "sse"})
  void twentyThousandPushesReachAClientThatKeepsComingBack(String stream) {
    int pushes = 20_000;
    Publisher publisher = gateway.publisher();
    List<String> lines = numbers(pushes).stream().map(n -> Publisher.line("alice", n)).toList();
    CompletableFuture<List<String>> answers =
        CompletableFuture.supplyAsync(() -> publisher.ask(lines));

    List<String> seen = new ArrayList<>();
    String after = "";
    for (int visit = 0; seen.size() < pushes; visit++) {
      SessionClient client = connect(stream, "alice", after.isEmpty() ? "" : "?after=" + after);
      ServerFrame.Welcome welcome = client.welcome();
      assertThat(welcome.resumed()).isEqualTo(visit > 0);
      int some = Math.min(pushes - seen.size(), 1_700 + 13 * visit);
      List<ServerFrame.Notification> notifications = client.notifications(some);
      notifications.forEach(notification -> seen.add(notification.data().text()));
      after = notifications.get(some - 1).cursor().value();
      client.close();
    }

    assertThat(seen).isEqualTo(numbers(pushes));
    assertThat(Waiting.get(answers)).allMatch(answer -> answer.startsWith("{\"op\":\"ack\""));
  }

  @Test
  void whatWasAcknowledgedIsNotSentAgain() {
    Publisher publisher = gateway.publisher();
    numbers(5).forEach(n -> publisher.push(Publisher.line("alice", n)));
    WebSocketClient first = gateway.webSocket("alice", "");
    SessionClient other = connect("sse", "alice", "?after=end");
    other.welcome();
    first.welcome();

    first.ack(first.notifications(3).get(2).cursor().value());
    assertThat(other.next().kind()).isEqualTo("acked");

    SessionClient second = connect("ws", "alice", "");
    second.welcome();
    assertThat(second.data(2)).containsExactly("3", "4");
  }

  @Test
  void aClientThatReadsSlowlyGetsEverything() {
    int pushes = 3_000;
    String filler = "\"" + "x".repeat(2_000) + "\"";
    SessionClient client = connect("ws", "alice", "?window=50");
    client.welcome();
    Publisher publisher = gateway.publisher();
    for (int n = 0; n < pushes; n += 500) {
      publisher.ask(numbers(500).stream().map(i -> Publisher.line("alice", filler)).toList());
    }

    for (int n = 0; n < pushes; n += 50) {
      List<ServerFrame.Notification> some = client.notifications(50);
      ((WebSocketClient) client).ack(some.get(49).cursor().value());
    }

    assertThat(client.isSilent()).isTrue();
  }

  private SessionClient connect(String stream, String user, String query) {
    return stream.equals("ws") ? gateway.webSocket(user, query) : gateway.sse(user, query);
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }
}
