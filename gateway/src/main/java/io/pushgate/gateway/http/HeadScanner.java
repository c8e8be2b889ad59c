package io.pushgate.gateway.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of a request's head (RFC 9112, sections 2 to 5) for whatever two parsers could
 * read in two ways: a line that ends in LF alone, a folded line, a space before a colon, control
 * characters, a request line that is not three words, several lengths of one body. Event loop only,
 * one for each connection; no byte is looked at twice, however slowly they come.
 */
final class HeadScanner {
  private static final Pattern REQUEST_LINE =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+ [^ #]+ HTTP/1\\.[01]");

  private static final String NAME_CHARS = "!#$%&'*+-.^_`|~";
  private static final String LENGTH = "content-length";

  /** What is known of the head so far. */
  enum Verdict {
    INCOMPLETE,
    WHOLE,
    FAULTY
  }

  /** Where in the head the next byte lies. */
  private enum State {
    /** Before the request line; one empty line there is skipped (section 2.2). */
    START,
    /** Behind the CR of that empty line. */
    EMPTY_LINE_END,
    LINE,
    LINE_END,
    /** At the first byte of a header or of the empty line that ends the head. */
    HEADER,
    NAME,
    VALUE,
    VALUE_END,
    HEAD_END
  }

  private final int maxLine;
  private final int maxHeaders;

  private State state = State.START;
  private boolean skippedEmptyLine;
  private int scanned;
  private int lineStart;
  private int lineLength;
  private int headerBytes;

  /** How much of the name of Content-Length this header's is so far, -1 where it is another. */
  private int lengthName;

  private boolean lengthValue;
  private int lengths;
  private @Nullable Problem fault;

  HeadScanner(int maxLine, int maxHeaders) {
    this.maxLine = maxLine;
    this.maxHeaders = maxHeaders;
  }

  /** Goes on where it stopped; the head's first byte is at the reader index each time. */
  Verdict scan(ByteBuf in) {
    int start = in.readerIndex();
    while (scanned < in.readableBytes() && fault == null) {
      byte b = in.getByte(start + scanned);
      scanned++;
      if (state == State.HEAD_END && b == '\n') {
        return Verdict.WHOLE;
      }
      step(b);
      if (state == State.HEADER && headerBytes == 0) {
        checkLine(in.toString(start + lineStart, lineLength, StandardCharsets.ISO_8859_1));
      }
    }
    return fault == null ? Verdict.INCOMPLETE : Verdict.FAULTY;
  }

  /** Forgets the head, for the next one of the connection. */
  void reset() {
    state = State.START;
    skippedEmptyLine = false;
    scanned = 0;
    lineStart = 0;
    lineLength = 0;
    headerBytes = 0;
    lengths = 0;
  }

  /** Whether some of a head has arrived. */
  boolean begun() {
    return scanned > 0;
  }

  /** The fault behind {@link Verdict#FAULTY}. */
  Problem fault() {
    if (fault == null) {
      throw new IllegalStateException("no fault was found");
    }
    return fault;
  }

  private void step(byte b) {
    switch (state) {
      case START -> start(b);
      case EMPTY_LINE_END -> {
        skippedEmptyLine = true;
        lineEnd(b, State.START);
      }
      case LINE -> line(b);
      case LINE_END -> lineEnd(b, State.HEADER);
      case HEADER -> header(b);
      case NAME -> name(b);
      case VALUE -> value(b);
      case VALUE_END -> {
        headerByte();
        lineEnd(b, State.HEADER);
      }
      case HEAD_END -> lineEnd(b, State.HEAD_END);
    }
  }

  private void start(byte b) {
    if (b == '\r' && !skippedEmptyLine) {
      state = State.EMPTY_LINE_END;
      return;
    }
    lineStart = scanned - 1;
    state = State.LINE;
    line(b);
  }

  private void line(byte b) {
    if (b == '\r') {
      state = State.LINE_END;
    } else if (isControl(b)) {
      malformed("control character or bare line feed in the request line");
    } else if (++lineLength > maxLine) {
      fault =
          Problem.of(
              ProblemCode.URI_TOO_LONG, "the request line is longer than " + maxLine + " bytes");
    }
  }

  private void header(byte b) {
    if (b == '\r') {
      state = State.HEAD_END;
    } else if (b == ' ' || b == '\t') {
      malformed("folded header line");
    } else {
      state = State.NAME;
      lengthName = 0;
      if (b == ':') {
        malformed("header without a name");
      }
      name(b);
    }
  }

  private void name(byte b) {
    headerByte();
    if (b == ':') {
      state = State.VALUE;
      lengthValue = lengthName == LENGTH.length();
      if (lengthValue && ++lengths > 1) {
        severalLengths();
      }
    } else if (b == ' ' || b == '\t') {
      malformed("space before the colon of a header");
    } else if (!isNameChar(b)) {
      malformed("header line without a colon, or a name with characters that none has");
    } else {
      boolean goesOn = lengthName >= 0 && lengthName < LENGTH.length();
      lengthName = goesOn && LENGTH.charAt(lengthName) == (b | 0x20) ? lengthName + 1 : -1;
    }
  }

  private void value(byte b) {
    headerByte();
    if (b == '\r') {
      state = State.VALUE_END;
    } else if (isControl(b) && b != '\t') {
      malformed("control character or bare line feed in a header");
    } else if (lengthValue && b == ',') {
      severalLengths();
    }
  }

  /** Netty takes them in HTTP/1.0, where they are the same. */
  private void severalLengths() {
    malformed("more than one Content-Length");
  }

  private void lineEnd(byte b, State next) {
    if (b == '\n') {
      state = next;
    } else {
      malformed("carriage return without a line feed");
    }
  }

  private void headerByte() {
    if (++headerBytes > maxHeaders && fault == null) {
      fault =
          Problem.of(
              ProblemCode.HEADERS_TOO_LARGE,
              "the headers are larger than " + maxHeaders + " bytes");
    }
  }

  private void checkLine(String line) {
    if (!REQUEST_LINE.matcher(line).matches()) {
      malformed(
          "request line %s; expected METHOD TARGET HTTP/1.1 or 1.0".formatted(Quoted.target(line)));
    }
  }

  private void malformed(String what) {
    if (fault == null) {
      fault = Problem.of(ProblemCode.BAD_REQUEST, "malformed HTTP: " + what);
    }
  }

  private static boolean isControl(byte b) {
    return (b >= 0 && b < 0x20) || b == 0x7f;
  }

  private static boolean isNameChar(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || NAME_CHARS.indexOf(b) >= 0;
  }
}
