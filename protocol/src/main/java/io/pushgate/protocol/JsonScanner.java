package io.pushgate.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks JSON strictly (RFC 8259, and UTF-8 as RFC 3629 has it) in one pass over bytes, without
 * recursion and without making anything of it, so that a publisher's value keeps its exact bytes.
 * It is written by hand for that: a parser that hands out values loses their spelling, and one that
 * is lenient about UTF-8 would have a browser close the connection. Confined to its caller.
 */
public final class JsonScanner {
  private final JsonTokens tokens;
  private final JsonNesting nesting = new JsonNesting();

  /** Line breaks between the tokens of the range are turned into spaces in place. */
  public JsonScanner(byte[] bytes, int offset, int length) {
    this.tokens = new JsonTokens(bytes, offset, length);
  }

  /**
   * Checks a range that holds one value, with white space around it or not.
   *
   * @return the value alone, in the same array
   */
  public static Payload payload(byte[] bytes, int offset, int length) throws JsonFault {
    JsonScanner scanner = new JsonScanner(bytes, offset, length);
    scanner.tokens.space();
    int from = scanner.tokens.position();
    scanner.value();
    int to = scanner.tokens.position();
    scanner.end();
    return new Payload(bytes, from, to - from);
  }

  JsonTokens tokens() {
    return tokens;
  }

  /** Steps over one value, which begins at the position; its own levels are counted from one. */
  void value() throws JsonFault {
    do {
      begin();
    } while (!finished());
  }

  /** Steps over white space to the end of the range, where nothing else may stand. */
  void end() throws JsonFault {
    tokens.space();
    if (!tokens.atEnd()) {
      throw tokens.unexpected();
    }
  }

  /** The elements of the array that is the whole range. */
  List<Payload> elements(byte[] bytes) throws JsonFault {
    List<Payload> elements = new ArrayList<>();
    tokens.expect('[');
    tokens.space();
    while (tokens.current() != ']') {
      if (!elements.isEmpty()) {
        tokens.expect(',');
        tokens.space();
      }
      int from = tokens.position();
      value();
      elements.add(new Payload(bytes, from, tokens.position() - from));
      tokens.space();
    }
    tokens.expect(']');
    end();
    return elements;
  }

  /** Steps over a key and its colon, up to the value. */
  void key() throws JsonFault {
    tokens.string();
    colon();
  }

  void colon() throws JsonFault {
    tokens.space();
    tokens.expect(':');
    tokens.space();
  }

  /** Steps into arrays and objects until a scalar or an empty one was stepped over. */
  private void begin() throws JsonFault {
    for (; ; ) {
      byte first = tokens.current();
      boolean object = first == '{';
      if (!object && first != '[') {
        tokens.scalar();
        return;
      }
      if (nesting.depth() == Limits.MAX_DEPTH) {
        throw tokens.tooDeep();
      }
      tokens.expect((char) first);
      tokens.space();
      if (tokens.current() == (object ? '}' : ']')) {
        tokens.expect(object ? '}' : ']');
        return;
      }
      nesting.open(object);
      if (object) {
        key();
      }
    }
  }

  /** Behind a value: closes what ends here; false where another element or member begins. */
  private boolean finished() throws JsonFault {
    while (nesting.depth() > 0) {
      tokens.space();
      boolean object = nesting.inObject();
      if (tokens.current() == ',') {
        tokens.expect(',');
        tokens.space();
        if (object) {
          key();
        }
        return false;
      }
      tokens.expect(object ? '}' : ']');
      nesting.close();
    }
    return true;
  }
}
