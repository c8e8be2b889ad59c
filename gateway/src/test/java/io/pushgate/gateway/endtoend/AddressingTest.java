package io.pushgate.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.HttpCall;
import io.pushgate.gateway.testing.PushForm;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.StreamRequest;
import io.pushgate.gateway.testing.TestPush;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom a push reaches, in whichever form it comes and however a page writes its user. */
class AddressingTest {
  private static final String ALICE = "alice@example.com";
  private static final String BOB = "bob@example.com";
  private static final String CAROL = "carol@example.com";
  private static final String LAST = "last";

  @RegisterExtension final GatewayExtension gateway = GatewayExtension.with();

  @ParameterizedTest
  @MethodSource("formsAndKinds")
  void aPushReachesExactlyTheSessionsItIsFor(PushForm form, StreamKind kind) throws Exception {
    StreamClient alice = gateway.open(kind, ALICE);
    StreamClient aliceElsewhere = gateway.open(kind, ALICE);
    StreamClient bob = gateway.open(kind, BOB);
    StreamClient carol = gateway.open(kind, CAROL);

    gateway.push(form, TestPush.to(ALICE).data("\"one\""));
    gateway.push(form, TestPush.to(List.of(ALICE, BOB)).data("\"several\""));
    gateway.push(form, TestPush.toEveryone().data("\"everyone\""));
    gateway.push(form, TestPush.to(List.of(ALICE, BOB, CAROL)).data('"' + LAST + '"'));
    gateway.push(form, TestPush.toEveryone().data('"' + LAST + '"'));

    assertThat(dataUpToTheLast(alice)).containsExactlyInAnyOrder("one", "several", "everyone");
    assertThat(dataUpToTheLast(aliceElsewhere))
        .containsExactlyInAnyOrder("one", "several", "everyone");
    assertThat(dataUpToTheLast(bob)).containsExactlyInAnyOrder("several", "everyone");
    assertThat(dataUpToTheLast(carol)).containsExactly("everyone");
  }

  /** Up to the last of the user's journal and the last of everyone's. */
  private static List<String> dataUpToTheLast(StreamClient client) {
    List<String> before = new ArrayList<>();
    for (int ended = 0; ended < 2; ) {
      JsonNode frame = client.next("notification");
      if (frame.path("data").asText().equals(LAST)) {
        ended++;
      } else {
        before.add(frame.path("data").asText());
      }
    }
    return before;
  }

  static Stream<Arguments> formsAndKinds() {
    return Arrays.stream(PushForm.values())
        .flatMap(form -> Arrays.stream(StreamKind.values()).map(kind -> Arguments.of(form, kind)));
  }

  @ParameterizedTest
  @EnumSource
  void aNameInEveryEncodingMeetsThePushesForIt(StreamKind kind) throws Exception {
    for (Spelling spelling : spellings()) {
      StreamClient client = gateway.connect(kind, StreamRequest.ofPath(spelling.path()));
      assertThat(client.next("welcome").path("user").asText()).isEqualTo(spelling.name());

      gateway.push(PushForm.HTTP, TestPush.to(spelling.name()).data('"' + spelling.path() + '"'));
      // Of those that share a name each finds what the ones before it got.
      assertThat(dataUpTo(client, spelling.path())).endsWith(spelling.path());
      pushEscaped(spelling.name());
      assertThat(client.nextData(1)).containsExactly("escaped");
      client.close();
    }
  }

  /** The name with every character as an escape of JSON. */
  private void pushEscaped(String name) {
    StringBuilder escaped = new StringBuilder();
    name.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
    String line = "{\"to\":\"%s\",\"data\":\"escaped\"}".formatted(escaped);
    int status;
    do {
      status = HttpCall.post(gateway.bound().ingressAddress(), "/push", line).statusCode();
    } while (status == 503);
    assertThat(status).isEqualTo(200);
  }

  private static List<String> dataUpTo(StreamClient client, String last) {
    List<String> data = new ArrayList<>();
    do {
      data.addAll(client.nextData(1));
    } while (!data.get(data.size() - 1).equals(last));
    return data;
  }

  @ParameterizedTest
  @EnumSource
  void namesThatDifferInOneEncodedCharacterAreOtherUsers(StreamKind kind) throws Exception {
    StreamClient plus = gateway.open(kind, StreamRequest.ofPath("a+b@example.com"));
    StreamClient space = gateway.open(kind, StreamRequest.ofPath("a%20b@example.com"));
    StreamClient upper = gateway.open(kind, StreamRequest.ofPath("A%2Bb@example.com"));
    StreamClient twice = gateway.open(kind, StreamRequest.ofPath("a%252Bb@example.com"));

    gateway.push(PushForm.JSON_LINES, TestPush.to("a b@example.com").data("\"space\""));
    gateway.push(PushForm.JSON_LINES, TestPush.to("A+b@example.com").data("\"upper\""));
    gateway.push(PushForm.JSON_LINES, TestPush.to("a%2Bb@example.com").data("\"twice\""));
    gateway.push(PushForm.JSON_LINES, TestPush.to("a+b@example.com").data("\"plus\""));

    assertThat(plus.nextData(1)).containsExactly("plus");
    assertThat(space.nextData(1)).containsExactly("space");
    assertThat(upper.nextData(1)).containsExactly("upper");
    assertThat(twice.nextData(1)).containsExactly("twice");
  }

  /** A name, and one way to write it in a request line. */
  private record Spelling(String name, String path) {}

  private static List<Spelling> spellings() {
    String longest = "l".repeat(242) + "@example.com";
    return List.of(
        new Spelling("ann@example.com", "ann@example.com"),
        new Spelling("ann@example.com", "ann%40example.com"),
        new Spelling("ann@example.com", "%61nn%40ex%61mple%2Ecom"),
        new Spelling("ann+news@example.com", "ann+news@example.com"),
        new Spelling("ann+news@example.com", "ann%2Bnews@example.com"),
        new Spelling("ann+news@example.com", "ann%2bnews%40example.com"),
        new Spelling("jürgen@bücher.example", "j%C3%BCrgen@b%C3%BCcher.example"),
        new Spelling("jürgen@bücher.example", "j%c3%bcrgen%40b%c3%bccher.example"),
        new Spelling("名前@例え.example", "%E5%90%8D%E5%89%8D@%E4%BE%8B%E3%81%88.example"),
        new Spelling("🐙", "%F0%9F%90%99"),
        new Spelling("a/b@example.com", "a%2Fb@example.com"),
        new Spelling("100%@example.com", "100%25@example.com"),
        new Spelling("o'hara&co=!#?@example.com", "o'hara&co=!%23%3F@example.com"),
        new Spelling("\"a b\"@example.com", "%22a%20b%22@example.com"),
        new Spelling(longest, longest),
        new Spelling(longest, longest.replace("@", "%40")));
  }
}
