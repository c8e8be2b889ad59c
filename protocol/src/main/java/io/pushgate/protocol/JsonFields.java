package io.pushgate.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Pulls the fields of one JSON object out of a range of bytes, in their order, each value as the
 * range that it takes. Every byte is checked on the way, also those of values that nobody asks for.
 * Confined to its caller.
 *
 * <pre>{@code
 * while (fields.next()) {
 *   if (fields.nameIn(NAMES) == OP && fields.value() == JsonKind.STRING) {
 *     op = fields.text();
 *   }
 * }
 * }</pre>
 */
public final class JsonFields {
  private final byte[] bytes;
  private final JsonScanner scanner;
  private final JsonTokens tokens;
  private State state = State.BEFORE;
  private int nameFrom;
  private int nameTo;
  private boolean namePlain;
  private int valueFrom;
  private int valueTo;
  private boolean valuePlain;

  private enum State {
    /** Nothing was read. */
    BEFORE,
    /** A name was read, its value was not. */
    AT_VALUE,
    /** The opening bracket of an array was read. */
    IN_EMPTY_ARRAY,
    /** An element of an array was read. */
    IN_ARRAY,
    /** A value was read, a comma or the end follows. */
    BEHIND_VALUE
  }

  public JsonFields(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.scanner = new JsonScanner(bytes, offset, length);
    this.tokens = scanner.tokens();
  }

  /**
   * Steps to the next field, over the value of the last one where that was not asked for. False
   * behind the last, where the range is known to hold nothing else.
   */
  public boolean next() throws JsonFault {
    finishValue();
    tokens.space();
    boolean first = state == State.BEFORE;
    if (first) {
      tokens.expect('{');
      tokens.space();
    }
    if (tokens.current() == '}') {
      tokens.expect('}');
      scanner.end();
      return false;
    }
    if (!first) {
      tokens.expect(',');
      tokens.space();
    }
    name();
    state = State.AT_VALUE;
    return true;
  }

  /** Steps over the whole value of the field and tells its kind. */
  public JsonKind value() throws JsonFault {
    valueFrom = tokens.position();
    scanner.value();
    valueTo = tokens.position();
    valuePlain = tokens.wasPlain();
    state = State.BEHIND_VALUE;
    return JsonKind.of(bytes[valueFrom]);
  }

  /** Whether the value of the field, not yet read, is an array; if so its elements are next. */
  public boolean opensArray() throws JsonFault {
    if (tokens.current() != '[') {
      return false;
    }
    tokens.expect('[');
    state = State.IN_EMPTY_ARRAY;
    return true;
  }

  /** Steps over the next element of the array, which is then the value; false behind the last. */
  public boolean nextElement() throws JsonFault {
    tokens.space();
    if (state == State.IN_EMPTY_ARRAY ? tokens.current() == ']' : tokens.current() != ',') {
      tokens.expect(']');
      state = State.BEHIND_VALUE;
      return false;
    }
    if (state == State.IN_ARRAY) {
      tokens.expect(',');
      tokens.space();
    }
    value();
    state = State.IN_ARRAY;
    return true;
  }

  /**
   * The index of the field's name, however it is spelled, among some in ASCII; -1 where it is none
   * of them.
   */
  public int nameIn(byte[][] names) {
    return namePlain ? indexIn(names, nameFrom, nameTo) : indexOf(names, nameText());
  }

  public String nameText() {
    return JsonText.decode(bytes, nameFrom, nameTo);
  }

  public JsonKind kind() {
    return JsonKind.of(bytes[valueFrom]);
  }

  /** The index of a string value among some words in ASCII; -1 where it is none of them. */
  public int textIn(byte[][] words) {
    return valuePlain ? indexIn(words, valueFrom + 1, valueTo - 1) : indexOf(words, text());
  }

  /** What a string value says; an unpaired surrogate escape stays one. */
  public String text() {
    int from = valueFrom + 1;
    int to = valueTo - 1;
    return valuePlain
        ? new String(bytes, from, to - from, StandardCharsets.ISO_8859_1)
        : JsonText.decode(bytes, from, to);
  }

  /** The first byte of the value. */
  public int valueFrom() {
    return valueFrom;
  }

  /** Bytes from the first to the last of the value. */
  public int valueLength() {
    return valueTo - valueFrom;
  }

  public boolean isTrue() {
    return bytes[valueFrom] == 't';
  }

  /**
   * A number without sign, fraction and exponent, of at most 18 digits; -1 where the value is none.
   */
  public long wholeNumber() {
    if (valueTo - valueFrom > 18) {
      return -1;
    }
    long number = 0;
    for (int i = valueFrom; i < valueTo; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private void finishValue() throws JsonFault {
    switch (state) {
      case AT_VALUE -> value();
      case IN_EMPTY_ARRAY, IN_ARRAY -> finishArray();
      case BEFORE, BEHIND_VALUE -> {}
    }
  }

  private void finishArray() throws JsonFault {
    boolean more = true;
    while (more) {
      more = nextElement();
    }
  }

  private void name() throws JsonFault {
    nameFrom = tokens.position() + 1;
    tokens.string();
    nameTo = tokens.position() - 1;
    namePlain = tokens.wasPlain();
    scanner.colon();
  }

  private int indexIn(byte[][] words, int from, int to) {
    for (int i = 0; i < words.length; i++) {
      byte[] word = words[i];
      if (word.length == to - from && Arrays.equals(word, 0, word.length, bytes, from, to)) {
        return i;
      }
    }
    return -1;
  }

  private static int indexOf(byte[][] words, String text) {
    for (int i = 0; i < words.length; i++) {
      if (JsonText.decode(words[i], 0, words[i].length).equals(text)) {
        return i;
      }
    }
    return -1;
  }
}
