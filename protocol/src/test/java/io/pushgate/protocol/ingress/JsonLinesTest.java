package io.pushgate.protocol.ingress;

import static io.pushgate.protocol.testing.Bytes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pushgate.protocol.Payload;
import io.pushgate.protocol.UserId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
  private static final UserId ALICE = UserId.of("alice@example.com");
  private static final UserId BOB = UserId.of("bob@example.com");

  @Test
  void readsAPushWithEveryField() throws MalformedRequest {
    Envelope envelope =
        read(
            "{\"op\":\"push\",\"ref\":1,\"id\":\"inv-17\",\"to\":\"alice@example.com\","
                + "\"type\":\"order.paid\",\"data\":{\"n\": 17 },\"ttl\":3600,"
                + "\"collapse\":\"orders\",\"receipt\":true}");
    assertThat(envelope.ref()).hasToString("1");
    assertThat(envelope.request())
        .isEqualTo(
            new IngressRequest.Push(
                new Audience.One(ALICE),
                "inv-17",
                "order.paid",
                Payload.of("{\"n\": 17 }"),
                3600,
                "orders",
                true));
  }

  @Test
  void aPushNeedsNoMoreThanToAndData() throws MalformedRequest {
    Envelope envelope = read("{\"op\":\"push\",\"to\":\"alice@example.com\",\"data\":null}");
    assertThat(envelope)
        .isEqualTo(new Envelope(Ref.NONE, push(new Audience.One(ALICE), Payload.of("null"))));
  }

  @Test
  void readsTheOtherRequests() throws MalformedRequest {
    assertThat(
            read("{\"op\":\"hello\",\"secret\":\"s\",\"publisher\":\"billing\",\"after\":\"?\"}")
                .request())
        .isEqualTo(new IngressRequest.Hello("s", "billing", "?"));
    assertThat(read("{\"op\":\"recall\",\"id\":\"i\"}").request())
        .isEqualTo(new IngressRequest.Recall("i"));
    assertThat(read("{\"op\":\"status\",\"id\":\"i\"}").request())
        .isEqualTo(new IngressRequest.Status("i"));
    assertThat(read("{\"op\":\"presence\",\"user\":\"bob@example.com\"}").request())
        .isEqualTo(new IngressRequest.Presence(BOB));
    assertThat(read("{\"op\":\"ping\"}").request()).isEqualTo(new IngressRequest.Ping());
  }

  @Test
  void namesSeveralUsersOnceEach() throws MalformedRequest {
    String to = "[\"bob@example.com\",\"alice@example.com\",\"b\\u006fb@example.com\"]";
    assertThat(read("{\"op\":\"push\",\"to\":" + to + ",\"data\":1}").request())
        .isEqualTo(push(new Audience.Several(List.of(BOB, ALICE)), Payload.of("1")));
  }

  @Test
  void aStarMeansEveryone() throws MalformedRequest {
    assertThat(read("{\"op\":\"push\",\"to\":\"*\",\"data\":\"at five\"}").request())
        .isEqualTo(push(new Audience.Everyone(), Payload.of("\"at five\"")));
    assertThat(read("{\"op\":\"push\",\"to\":\"\\u002a\",\"data\":1}").request())
        .isEqualTo(push(new Audience.Everyone(), Payload.of("1")));
  }

  @Test
  void dataKeepsItsBytesButForLineBreaks() throws MalformedRequest {
    String data = "{ \"a\":\t1.50e+03,\r\"\\u00e9\":\"é\\n\" }";
    assertThat(data(read("{\"op\":\"push\",\"to\":\"a\",\"data\":  " + data + " \r}")))
        .isEqualTo(data.replace('\r', ' '));
  }

  @Test
  void theArrayStaysTheCallers() throws MalformedRequest {
    byte[] line = utf8("{\"op\":\"push\",\"ref\":\"r\",\"to\":\"a\",\"data\":\"hello\"}");
    Envelope envelope = JsonLines.read(line, 0, line.length, 100);
    Arrays.fill(line, (byte) 'x');
    assertThat(data(envelope)).isEqualTo("\"hello\"");
    assertThat(envelope.ref()).hasToString("\"r\"");
  }

  @Test
  void namesMayBeSpelledWithEscapes() throws MalformedRequest {
    Envelope envelope =
        read("{\"\\u006fp\":\"pu\\u0073h\",\"to\":\"\\ud83d\\ude00\",\"d\\u0061ta\":1}");
    assertThat(envelope.request())
        .isEqualTo(push(new Audience.One(UserId.of("\ud83d\ude00")), Payload.of("1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1.5E3", "\"\"", "\"\\u0041é\"", "18446744073709551616"})
  void aRefIsEchoedAsGiven(String ref) throws MalformedRequest {
    assertThat(read("{\"op\":\"ping\",\"ref\":" + ref + "}").ref()).hasToString(ref);
  }

  @Test
  void onlyInTheHttpFormMayTheOpBeLeftOut() throws MalformedRequest {
    byte[] line = utf8("{\"to\":\"a\",\"data\":1}");
    assertThat(JsonLines.readPush(line, 0, line.length, 10).request())
        .isInstanceOf(IngressRequest.Push.class);
    assertThatThrownBy(() -> read("{\"to\":\"a\",\"data\":1}")).hasMessage("op: is missing");
    byte[] ping = utf8("{\"op\":\"ping\"}");
    assertThat(JsonLines.readPush(ping, 0, ping.length, 10).request())
        .isEqualTo(new IngressRequest.Ping());
  }

  @Test
  void ignoresFieldsItDoesNotKnow() throws MalformedRequest {
    assertThat(read("{\"new\":{\"op\":[{}]},\"op\":\"ping\",\"x\":null}").request())
        .isEqualTo(new IngressRequest.Ping());
  }

  @Test
  void aSecretNeverShows() {
    assertThat(new IngressRequest.Hello("swordfish", "billing", null))
        .hasToString("Hello[secret=***, publisher=billing, after=null]");
  }

  private static IngressRequest.Push push(Audience to, Payload data) {
    return new IngressRequest.Push(to, null, null, data, IngressRequest.Push.NO_TTL, null, false);
  }

  private static String data(Envelope envelope) {
    return ((IngressRequest.Push) envelope.request()).data().text();
  }

  private static Envelope read(String line) throws MalformedRequest {
    byte[] bytes = utf8(line);
    return JsonLines.read(bytes, 0, bytes.length, 100);
  }
}
