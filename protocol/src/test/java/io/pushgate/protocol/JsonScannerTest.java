package io.pushgate.protocol;

import static io.pushgate.protocol.testing.Bytes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-1.5e+10",
        "1E5",
        "10",
        "0.25",
        "true",
        "false",
        "null",
        "\"\"",
        "{}",
        "[]",
        "[1,[2,{\"a\":[]}]]",
        "{\"a\":{\"b\":null},\"a\":1}",
        "\"\\u00e9\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\ud800\"",
        "\"\u007f é € \u2028 \ud83d\ude00\"",
        "[ 1 ,\t2 ]"
      })
  void takesEveryValueAsItIs(String json) throws JsonFault {
    assertThat(scan(json)).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``           | unexpected end of input at column 1",
        "{\"n\":      | unexpected end of input at column 6",
        "\"abc        | unexpected end of input at column 5",
        "\"ab\\       | unexpected end of input at column 5",
        "\"\\u00      | unexpected end of input at column 6",
        "-            | unexpected end of input at column 2",
        "1.           | unexpected end of input at column 3",
        "1e+          | unexpected end of input at column 4",
        "tru          | unexpected end of input at column 4",
        "[1,          | unexpected end of input at column 4",
        "01           | unexpected '1' at column 2",
        "+1           | unexpected '+' at column 1",
        ".5           | unexpected '.' at column 1",
        "1 2          | unexpected '2' at column 3",
        "[1,]         | unexpected ']' at column 4",
        "[,1]         | unexpected ',' at column 2",
        "{\"a\":1,}   | unexpected '}' at column 8",
        "{\"a\" 1}    | unexpected '1' at column 6",
        "{a:1}        | unexpected 'a' at column 2",
        "{\"a\":1]    | unexpected ']' at column 7",
        "[1}          | unexpected '}' at column 3",
        "True         | unexpected 'T' at column 1",
        "nul1         | unexpected '1' at column 4",
        "NaN          | unexpected 'N' at column 1",
        "\"\\x\"      | bad escape in a string at column 3",
        "\"\\u00g0\"  | bad escape in a string at column 6",
        "'a'          | unexpected ''' at column 1"
      })
  void namesTheFaultAndItsColumn(String json, String message) {
    assertThatThrownBy(() -> scan(json)).isInstanceOf(JsonFault.class).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "bf",
        "c0af",
        "c1bf",
        "c2",
        "c241",
        "e08080",
        "e09fbf",
        "e2",
        "e282",
        "e28241",
        "eda080",
        "edbfbf",
        "f0808080",
        "f08fbfbf",
        "f0908041",
        "f4908080",
        "f5808080",
        "ff",
        "fe"
      })
  void refusesEveryIllFormedSequenceInsideStrings(String hex) {
    byte[] json = ByteBufUtil.decodeHexDump("22" + hex + "22");
    assertThatThrownBy(() -> JsonScanner.payload(json, 0, json.length))
        .hasMessage("bad UTF-8 at column 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "f0908080", "f48fbfbf"})
  void takesTheFirstAndLastSequenceOfEachLength(String hex) throws JsonFault {
    byte[] json = ByteBufUtil.decodeHexDump("22" + hex + "22");
    assertThat(JsonScanner.payload(json, 0, json.length).length()).isEqualTo(json.length);
  }

  @Test
  void refusesControlCharactersInsideStringsWhereverTheyStand() {
    for (int at = 0; at < 20; at++) {
      for (char control = 0; control < ' '; control++) {
        String text = "x".repeat(at) + control + "x".repeat(20);
        assertThatThrownBy(() -> scan('"' + text + '"'))
            .hasMessage("control character in a string at column %d", at + 2);
      }
    }
  }

  @Test
  void turnsLineBreaksBetweenTokensIntoSpaces() throws JsonFault {
    assertThat(scan("\r\n{\n\"a\"\r:\n[1\n,\r2]\n}\n")).isEqualTo("{ \"a\" : [1 , 2] }");
  }

  @Test
  void takesAThousandLevelsAndNotOneMore() throws JsonFault {
    for (String unit : new String[] {"[]", "{\"a\":}", "[{\"a\":}]"}) {
      String open = unit.substring(0, unit.indexOf(unit.contains("}") ? "}" : "]"));
      String close = unit.substring(open.length());
      int times = Limits.MAX_DEPTH / close.length();
      String deepest = open.repeat(times) + "0" + close.repeat(times);
      assertThat(scan(deepest)).isEqualTo(deepest);
      assertThatThrownBy(() -> scan("[" + deepest + "]"))
          .isInstanceOfSatisfying(JsonFault.class, fault -> assertThat(fault.isTooDeep()).isTrue())
          .hasMessageStartingWith("more than 1000 levels of arrays and objects at column ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 62, 63, 64, 65, 127, 128, 129, 998})
  void tellsArraysFromObjectsOnEveryLevel(int level) throws JsonFault {
    String siblings = "{\"a\":1},[1],{\"a\":[2]},[{\"b\":3}]";
    String json = "[".repeat(level) + siblings + "]".repeat(level);
    assertThat(scan(json)).isEqualTo(json);
    assertThatThrownBy(() -> scan(json.replace("[1]", "[1}"))).hasMessageStartingWith("unexp");
    assertThatThrownBy(() -> scan(json.replace("1}", "1]"))).hasMessageStartingWith("unexp");
  }

  @Test
  void everyTruncationOfAValueEndsUnexpectedly() {
    byte[] json = utf8("{\"a\":[true,null,-1.5e3,\"\\u00e9 € \\n\"],\"b\":{\"c\":\"d\"}}");
    for (int length = 0; length < json.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(json, length);
      assertThatThrownBy(() -> JsonScanner.payload(cut, 0, cut.length))
          .isInstanceOf(JsonFault.class)
          .hasMessageMatching("(unexpected end of input|bad UTF-8) at column \\d+");
    }
  }

  private static String scan(String json) throws JsonFault {
    byte[] bytes = utf8(json);
    return JsonScanner.payload(bytes, 0, bytes.length).text();
  }
}
