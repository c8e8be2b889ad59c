package io.pushgate.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
  @Test
  void takesTheCursorsInEitherOrder() {
    Position both = new Position(Cursor.of("u1.a"), Cursor.of("e~2"));
    assertThat(Position.parse("u1.a,e~2")).isEqualTo(both);
    assertThat(Position.parse("e~2,u1.a")).isEqualTo(both);
    assertThat(both).hasToString("u1.a,e~2");
  }

  @Test
  void oneCursorAloneLeavesTheOtherOut() {
    assertThat(Position.parse("u1")).isEqualTo(new Position(Cursor.of("u1"), null));
    assertThat(Position.parse("e1")).isEqualTo(new Position(null, Cursor.of("e1")));
    assertThat(String.valueOf(Position.parse("e1"))).isEqualTo("e1");
    assertThat(new Position(null, Cursor.of("e1")).of(Feed.EVERYONE)).isEqualTo(Cursor.of("e1"));
    assertThat(new Position(null, Cursor.of("e1")).of(Feed.USER)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "u1,",
        ",e1",
        "u1,u2",
        "e1,e2",
        "u1,e1,u1",
        "u1,,e1",
        "x1",
        "u1,x1",
        "r1",
        "u1 ,e1",
        "u1;e1",
        "U1",
        "u\u00e9",
        "u1,e1,",
        "u1\n",
        "0"
      })
  void anythingElseIsNoPosition(String text) {
    assertThat(Position.parse(text)).isNull();
  }

  @Test
  void aCursorHas47CharactersAndNotOneMore() {
    String longest = "u" + "x".repeat(46);
    assertThat(Cursor.of(longest).letter()).isEqualTo('u');
    assertThat(Position.parse(longest + ",e" + "x".repeat(46))).isNotNull();
    assertThat(Cursor.parse(longest + "x")).isNull();
    assertThatThrownBy(() -> Cursor.of(longest + "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a cursor is 1 to 47 of A-Z a-z 0-9 . _ ~ -");
  }

  @Test
  void aCursorHoldsNothingButItsAlphabet() {
    for (char c = 0; c < 0x180; c++) {
      boolean allowed =
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-".indexOf(c) >= 0;
      assertThat(Cursor.parse("u" + c) != null).as("U+%04X", (int) c).isEqualTo(allowed);
    }
  }
}
