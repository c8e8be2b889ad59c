package io.pushgate.protocol;

import static io.pushgate.protocol.testing.Bytes.text;
import static io.pushgate.protocol.testing.Bytes.utf8;
import static io.pushgate.protocol.testing.Bytes.written;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  private final ObjectMapper jackson = new ObjectMapper();

  @Test
  void escapesWhatMustBeAndNothingElse() {
    assertThat(text(JsonText.quote("a\"b\\c/\b\f\n\r\t\u0000\u001f\u007fé€\ud83d\ude00")))
        .isEqualTo("\"a\\\"b\\\\c/\\b\\f\\n\\r\\t\\u0000\\u001f\u007fé€\ud83d\ude00\"");
  }

  @Test
  void anUnpairedSurrogateBecomesTheReplacementCharacter() {
    assertThat(text(JsonText.quote("a\ud800b\udc00"))).isEqualTo("\"a\ufffdb\ufffd\"");
  }

  @Test
  void readsBackWhatItWroteAsJacksonDoes() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int run = 0; run < 5_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        int bound = random.nextInt(4) == 0 ? 0x110000 : 0x100;
        int point = random.nextInt(bound);
        text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 'x' : point);
      }
      byte[] json = JsonText.quote(text.toString());
      assertThat(jackson.readValue(json, String.class))
          .as("seed %d", seed)
          .isEqualTo(text.toString());
      assertThat(JsonText.decode(json, 1, json.length - 1))
          .as("seed %d", seed)
          .isEqualTo(text.toString());
    }
  }

  @Test
  void decodesEveryEscape() {
    byte[] json = utf8("\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\ud83d\\ude00é");
    assertThat(JsonText.decode(json, 0, json.length)).isEqualTo("\"\\/\b\f\n\r\tAé\ud83d\ude00é");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 99, 100, 1_763_793_600_123L, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void writesNumbersInDecimal(long number) {
    byte[] json = written(out -> JsonText.write(out, number));
    assertThat(text(json)).isEqualTo(Long.toString(number));
    assertThat(JsonText.length(number)).isEqualTo(json.length);
  }
}
