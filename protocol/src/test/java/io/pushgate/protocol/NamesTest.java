package io.pushgate.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"alice@example.com", " ", "**", "Me", "a/b", "grüße", "\ud83d\ude00", "\u00a0"})
  void anyTextIsAUser(String name) {
    assertThat(UserId.of(name).toString()).isEqualTo(name);
  }

  @Test
  void aUserHas254BytesAndNotOneMore() {
    assertThat(UserId.of("x".repeat(254)).value()).hasSize(254);
    assertThat(UserId.of("é".repeat(127)).value()).hasSize(127);
    assertThat(UserId.of("\ud83d\ude00".repeat(63) + "xx").value()).hasSize(128);
    for (String name : new String[] {"x".repeat(255), "é".repeat(127) + "x", "€".repeat(85)}) {
      assertThatThrownBy(() -> UserId.of(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("user name is 255 bytes long, 254 at most");
    }
  }

  @Test
  void everyControlCharacterIsRefusedByItsNumber() {
    for (char c = 0; c <= 0xa0; c++) {
      String fault = UserId.fault("a" + c + "b");
      boolean control = c < 0x20 || (c >= 0x7f && c < 0xa0);
      assertThat(fault)
          .isEqualTo(control ? "holds the control character U+%04X".formatted((int) c) : null);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "\udc00", "a\ud800b", "\udc00\ud800", "\ud800\ud800\udc00"})
  void anUnpairedSurrogateIsNoText(String name) {
    assertThat(UserId.fault(name)).isEqualTo("holds an unpaired surrogate");
  }

  @Test
  void reservedAndEmptyNamesAreRefused() {
    assertThat(UserId.fault("")).isEqualTo("is empty");
    assertThat(UserId.fault("*")).isEqualTo("'*' is reserved");
    assertThat(UserId.fault("me")).isEqualTo("'me' is reserved");
  }

  @Test
  void usersAreComparedByteForByte() {
    assertThat(UserId.of("a")).isEqualTo(UserId.of("a")).isNotEqualTo(UserId.of("A"));
    assertThat(UserId.of("\u00e9")).isNotEqualTo(UserId.of("e\u0301"));
  }
}
