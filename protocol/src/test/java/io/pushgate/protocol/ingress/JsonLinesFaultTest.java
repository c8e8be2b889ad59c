package io.pushgate.protocol.ingress;

import static io.pushgate.protocol.testing.Bytes.text;
import static io.pushgate.protocol.testing.Bytes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pushgate.protocol.Limits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused in a line, and where the limits are. */
class JsonLinesFaultTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                   | unexpected end of input at column 1",
        "[]                                   | unexpected '[' at column 1",
        "hello                                | unexpected 'h' at column 1",
        "{\"op\":\"push\",\"data\":{\"n\":    | data: unexpected end of input at column 26",
        "{\"op\":\"push\",\"data\":{n}}       | data: unexpected 'n' at column 22",
        "{\"op\":\"ping\"} {                  | unexpected '{' at column 15",
        "{\"op\":\"sing\"}                    | op: 'sing' is unknown",
        "{\"op\":7}                           | op: expected a string, found a number",
        "{\"op\":\"push\",\"data\":1}         | to: is missing",
        "{\"op\":\"push\",\"to\":\"a\"}       | data: is missing",
        "{\"op\":\"push\",\"to\":7}           | to: expected a string or an array of strings, found a number",
        "{\"op\":\"push\",\"to\":[7]}         | to: expected an array of strings, found a number",
        "{\"op\":\"push\",\"to\":[\"a\",]}    | to: unexpected ']' at column 24",
        "{\"op\":\"push\",\"to\":[]}          | to: names nobody",
        "{\"op\":\"push\",\"to\":\"me\"}      | to: 'me' is reserved",
        "{\"op\":\"push\",\"to\":[\"*\"]}     | to: '*' is reserved",
        "{\"op\":\"push\",\"to\":\"\\ud800\"} | to: holds an unpaired surrogate",
        "{\"op\":\"push\",\"to\":\"a\\u0000\"}| to: holds the control character U+0000",
        "{\"op\":\"push\",\"id\":\"\"}        | id: is empty",
        "{\"op\":\"push\",\"id\":null}        | id: expected a string, found null",
        "{\"op\":\"push\",\"type\":{}}        | type: expected a string, found an object",
        "{\"op\":\"push\",\"ttl\":-1}         | ttl: expected whole seconds, 0 to 2147483647",
        "{\"op\":\"push\",\"ttl\":1.5}        | ttl: expected whole seconds, 0 to 2147483647",
        "{\"op\":\"push\",\"ttl\":2147483648} | ttl: expected whole seconds, 0 to 2147483647",
        "{\"op\":\"push\",\"ttl\":\"1\"}      | ttl: expected whole seconds, found a string",
        "{\"op\":\"push\",\"receipt\":1}      | receipt: expected true or false, found a number",
        "{\"op\":\"push\",\"to\":\"*\",\"data\":1,\"receipt\":true} | receipt: not given for a push to everyone",
        "{\"op\":\"recall\"}                  | id: is missing",
        "{\"op\":\"status\"}                  | id: is missing",
        "{\"op\":\"presence\"}                | user: is missing",
        "{\"op\":\"presence\",\"user\":\"*\"} | user: '*' is reserved",
        "{\"op\":\"ping\",\"ref\":null}       | ref: expected a string or a number, found null",
        "{\"op\":\"ping\",\"op\":\"ping\"}    | op: is given twice",
        "{\"op\":\"ping\",\"o\\u0070\":1}     | op: is given twice",
        "{\"op\":\"ping\",\"x\":1,\"x\":1}    | 'x': is given twice"
      })
  void saysWhatIsWrongAndWhere(String line, String message) {
    MalformedRequest fault = fault(line);
    assertThat(fault).hasMessage(message);
    assertThat(fault.code()).isEqualTo(NackCode.BAD_REQUEST);
  }

  @Test
  void aFaultKeepsRefAndIdWhereverTheyStand() {
    MalformedRequest early = fault("{\"op\":\"push\",\"to\":7,\"data\":1,\"id\":\"i\",\"ref\":9}");
    assertThat(early.ref()).hasToString("9");
    assertThat(early.toNack())
        .isEqualTo(
            new IngressAnswer.Nack(
                "i",
                NackCode.BAD_REQUEST,
                "to: expected a string or an array of strings, found a number"));
    MalformedRequest cut = fault("{\"ref\":9,\"id\":\"i\",\"to\":\"a\",\"data\":[");
    assertThat(cut.ref()).hasToString("9");
    assertThat(cut.id()).isEqualTo("i");
  }

  @Test
  void namesAndRefsHaveTheirLengthAndNotOneByteMore() throws MalformedRequest {
    for (String field : List.of("id", "type", "collapse", "publisher")) {
      String line = "{\"op\":\"push\",\"to\":\"a\",\"data\":1,\"" + field + "\":\"%s\"}";
      read(line.formatted("é".repeat(64)));
      assertThat(fault(line.formatted("é".repeat(64) + "x")))
          .hasMessage(field + ": is 129 bytes long, 128 at most");
    }
    for (String ref : List.of("\"" + "x".repeat(64) + "\"", "1".repeat(64))) {
      assertThat(read("{\"op\":\"ping\",\"ref\":" + ref + "}").ref()).hasToString(ref);
      String longer = ref.replaceFirst("(\\w)", "$1$1");
      assertThat(fault("{\"op\":\"ping\",\"ref\":" + longer + "}"))
          .hasMessage("ref: is 65 bytes long, 64 at most");
    }
  }

  @Test
  void dataHasItsSizeAndDepthAndNotOneMore() throws MalformedRequest {
    String line = "{\"op\":\"push\",\"ref\":1,\"to\":\"a\",\"data\":%s}";
    assertThat(data(read(line.formatted("\"" + "x".repeat(98) + "\"")))).hasSize(100);
    MalformedRequest large = fault(line.formatted("\"" + "x".repeat(99) + "\""));
    assertThat(large).hasMessage("data: 101 bytes, 100 at most");
    assertThat(large.code()).isEqualTo(NackCode.TOO_LARGE);
    byte[] deep = utf8(line.formatted("[".repeat(1000) + "]".repeat(1000)));
    JsonLines.read(deep, 0, deep.length, 2000);
    MalformedRequest deeper = fault(line.formatted("[".repeat(1001) + "]".repeat(1001)));
    assertThat(deeper).hasMessageStartingWith("data: more than 1000 levels");
    assertThat(deeper.code()).isEqualTo(NackCode.TOO_LARGE);
  }

  @Test
  void aPushNamesTenThousandUsersAndNotOneMore() throws MalformedRequest {
    StringBuilder names = new StringBuilder("\"u0\"");
    for (int i = 0; i < Limits.MAX_RECIPIENTS; i++) {
      names.append(",\"u").append(i).append('"');
    }
    String line = "{\"op\":\"push\",\"to\":[%s],\"data\":1,\"ref\":1}";
    IngressRequest.Push push = (IngressRequest.Push) read(line.formatted(names)).request();
    assertThat(((Audience.Several) push.to()).users()).hasSize(Limits.MAX_RECIPIENTS);
    MalformedRequest fault = fault(line.formatted(names.append(",\"one more\"")));
    assertThat(fault).hasMessage("to: more than 10000 users");
    assertThat(fault.code()).isEqualTo(NackCode.TOO_LARGE);
    assertThat(fault.ref()).hasToString("1");
  }

  @Test
  void usersTimesDataIsBounded() throws MalformedRequest {
    int users = 128;
    String names =
        String.join(",", IntStream.range(0, users).mapToObj(i -> "\"u" + i + "\"").toList());
    int bytes = (int) (Limits.MAX_FANOUT_BYTES / users);
    String line = "{\"op\":\"push\",\"to\":[" + names + "],\"data\":\"%s\"}";
    byte[] most = utf8(line.formatted("x".repeat(bytes - 2)));
    JsonLines.read(most, 0, most.length, 1_000_000);
    byte[] more = utf8(line.formatted("x".repeat(bytes - 1)));
    assertThatThrownBy(() -> JsonLines.read(more, 0, more.length, 1_000_000))
        .hasMessage("to: 128 users times 524289 bytes of data, 67108864 at most");
  }

  @Test
  void usersTimesDataIsBoundedBeyondTheRangeOfAnInt() {
    String names =
        String.join(",", IntStream.range(0, 5000).mapToObj(i -> "\"" + i + "\"").toList());
    String data = "x".repeat(499_998);
    byte[] line = utf8("{\"op\":\"push\",\"to\":[" + names + "],\"data\":\"" + data + "\"}");
    assertThatThrownBy(() -> JsonLines.read(line, 0, line.length, 1_000_000))
        .hasMessage("to: 5000 users times 500000 bytes of data, 67108864 at most");
  }

  @Test
  void aLineHasItsLengthAndNotOneByteMore() throws MalformedRequest {
    String line = "{\"op\":\"ping\",\"x\":\"%s\"}";
    int room = Limits.MAX_LINE - line.length() + 2;
    read(line.formatted("x".repeat(room)));
    assertThat(fault(line.formatted("x".repeat(room + 1))))
        .hasMessage("line is longer than 1048576 bytes");
  }

  @Test
  void everyTruncationIsRefusedAndKeepsWhatWasRead() {
    String line =
        "{\"ref\":7,\"op\":\"push\",\"to\":[\"a\",\"é\"],\"data\":{\"n\":[1.5,null]},\"ttl\":60}";
    byte[] whole = utf8(line);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      MalformedRequest fault = fault(cut);
      assertThat(fault.code()).isEqualTo(NackCode.BAD_REQUEST);
      assertThat(fault.ref().isNone()).isEqualTo(length < 8);
    }
  }

  private static String data(Envelope envelope) {
    return ((IngressRequest.Push) envelope.request()).data().text();
  }

  private static Envelope read(String line) throws MalformedRequest {
    byte[] bytes = utf8(line);
    return JsonLines.read(bytes, 0, bytes.length, 100);
  }

  private static MalformedRequest fault(String line) {
    return fault(utf8(line));
  }

  private static MalformedRequest fault(byte[] line) {
    try {
      Envelope envelope = JsonLines.read(line, 0, line.length, 100);
      throw new AssertionError(text(line) + " was read as " + envelope);
    } catch (MalformedRequest fault) {
      return fault;
    }
  }
}
