package io.pushgate.protocol.client;

import static io.pushgate.protocol.testing.Bytes.text;
import static io.pushgate.protocol.testing.Bytes.utf8;
import static io.pushgate.protocol.testing.Bytes.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pushgate.protocol.Cursor;
import io.pushgate.protocol.Position;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientFramesTest {
  private static final Position POSITION = new Position(Cursor.of("u1"), Cursor.of("e2"));

  @Test
  void readsEachFrame() throws MalformedFrame {
    assertThat(read("{\"op\":\"ack\",\"cursor\":\"e2,u1\"}"))
        .isEqualTo(new ClientFrame.Ack(POSITION));
    assertThat(read(" { \"op\" : \"ping\" } ")).isEqualTo(new ClientFrame.Ping());
    assertThat(read("{\"token\":\"a.b.c\",\"op\":\"auth\"}"))
        .isEqualTo(new ClientFrame.Auth("a.b.c"));
  }

  @Test
  void ignoresFieldsItDoesNotKnow() throws MalformedFrame {
    assertThat(read("{\"new\":{\"op\":[1]},\"o\\u0070\":\"pi\\u006eg\",\"x\":null}"))
        .isEqualTo(new ClientFrame.Ping());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                  | BAD_FRAME  | unexpected end of input at column 1",
        "hello                               | BAD_FRAME  | unexpected 'h' at column 1",
        "[]                                  | BAD_FRAME  | unexpected '[' at column 1",
        "{\"op\":\"ping\"                    | BAD_FRAME  | unexpected end of input at column 13",
        "{\"op\":\"ping\"}}                  | BAD_FRAME  | unexpected '}' at column 14",
        "{}                                  | BAD_FRAME  | op: is missing",
        "{\"op\":1}                          | BAD_FRAME  | op: expected a string, found a number",
        "{\"op\":\"pong\"}                   | BAD_FRAME  | op: unknown operation",
        "{\"op\":\"ping\",\"op\":\"ping\"}   | BAD_FRAME  | op: is given twice",
        "{\"op\":\"ack\"}                    | BAD_FRAME  | cursor: is missing",
        "{\"op\":\"ack\",\"cursor\":null}    | BAD_FRAME  | cursor: expected a string, found null",
        "{\"op\":\"ack\",\"cursor\":\"x1\"}  | BAD_CURSOR | cursor: is no position",
        "{\"op\":\"auth\"}                   | BAD_FRAME  | token: is missing"
      })
  void saysWhatIsWrong(String frame, ClientErrorCode code, String message) {
    assertThatThrownBy(() -> read(frame))
        .isInstanceOfSatisfying(
            MalformedFrame.class,
            fault -> assertThat(fault.toFrame()).isEqualTo(new ServerFrame.Error(code, message)));
  }

  @Test
  void neverShowsAToken() {
    assertThat(new ClientFrame.Auth("secret.token")).asString().doesNotContain("secret");
    assertThatThrownBy(() -> read("{\"op\":\"auth\",\"token\":\"secret.token\""))
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> read("{\"op\":\"secret\",\"token\":[\"secret.token\"]}"))
        .hasMessageNotContaining("secret");
  }

  @Test
  void everyTruncationIsABadFrame() {
    byte[] frame = utf8("{\"op\":\"ack\",\"cursor\":\"u1,e2\",\"é\":[1.5e3,\"€\"]}");
    for (int length = 0; length < frame.length; length++) {
      byte[] cut = Arrays.copyOf(frame, length);
      assertThatThrownBy(() -> ClientFrames.read(cut, 0, cut.length))
          .isInstanceOf(MalformedFrame.class);
    }
  }

  @Test
  void readsFromTheMiddleOfAnArray() throws MalformedFrame {
    byte[] bytes = utf8("}}{\"op\":\"ping\"}{{");
    assertThat(ClientFrames.read(bytes, 2, bytes.length - 4)).isEqualTo(new ClientFrame.Ping());
  }

  @Test
  void writesWhatItReads() throws MalformedFrame {
    for (ClientFrame frame :
        new ClientFrame[] {
          new ClientFrame.Ack(POSITION), new ClientFrame.Ping(), new ClientFrame.Auth("a.b.c")
        }) {
      byte[] bytes = written(out -> ClientFrames.write(frame, out));
      assertThat(ClientFrames.read(bytes, 0, bytes.length)).as(text(bytes)).isEqualTo(frame);
    }
  }

  private static ClientFrame read(String frame) throws MalformedFrame {
    byte[] bytes = utf8(frame);
    return ClientFrames.read(bytes, 0, bytes.length);
  }
}
