package io.pushgate.gateway.ingress;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.pushgate.protocol.Limits;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.Ref;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a JSON line by Jackson, and its UTF-8 by the JDK. One line each, one thread. */
final class JacksonLine {
  private static final Set<String> OPS =
      Set.of("hello", "push", "recall", "presence", "status", "ping");

  /** The line's own object is a level to Jackson. */
  private static final JsonFactory OF_LINES = jackson(Limits.MAX_DEPTH + 1);

  private static final JsonFactory OF_VALUES = jackson(Limits.MAX_DEPTH);

  private final String line;
  private final JsonParser parser;
  private final PlainRequest request = new PlainRequest();
  private @Nullable String op;

  private JacksonLine(String line, JsonFactory jackson) throws IOException {
    this.line = line;
    this.parser = jackson.createParser(line);
  }

  static Reading read(byte[] bytes) {
    // What is no UTF-8 may stand behind what is too deep, and what is too deep where no value may.
    Reading either = new Reading(null, Set.of(NackCode.BAD_REQUEST, NackCode.TOO_LARGE));
    Optional<String> text = text(bytes);
    if (text.isEmpty()) {
      return either;
    }
    try {
      return new JacksonLine(text.get(), OF_LINES).read();
    } catch (StreamConstraintsException tooDeep) {
      return either;
    } catch (IOException malformed) {
      return new Reading(null, Set.of(NackCode.BAD_REQUEST));
    }
  }

  /** The value that the bytes hold, as it was sent; empty where they hold none. */
  static Optional<String> value(byte[] bytes) throws StreamConstraintsException {
    Optional<String> text = text(bytes);
    if (text.isEmpty()) {
      return text;
    }
    try {
      JacksonLine line = new JacksonLine(text.get(), OF_VALUES);
      if (line.parser.nextToken() == null) {
        return Optional.empty();
      }
      String raw = line.raw();
      return line.parser.nextToken() == null ? Optional.of(raw) : Optional.empty();
    } catch (StreamConstraintsException tooDeep) {
      throw tooDeep;
    } catch (IOException malformed) {
      return Optional.empty();
    }
  }

  static Optional<String> text(byte[] bytes) {
    try {
      ByteBuffer all = ByteBuffer.wrap(bytes);
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(all).toString());
    } catch (CharacterCodingException malformed) {
      return Optional.empty();
    }
  }

  private static JsonFactory jackson(int maxDepth) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(maxDepth)
                .maxNumberLength(Integer.MAX_VALUE)
                .build())
        .build();
  }

  private Reading read() throws IOException {
    Set<String> seen = new HashSet<>();
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      parser.finishToken();
      request.bad();
      return request.complete(null);
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (seen.add(name)) {
        field(name);
      } else {
        request.bad();
        raw();
      }
    }
    if (parser.nextToken() != null) {
      request.bad();
    }
    return request.complete(op);
  }

  private void field(String name) throws IOException {
    JsonToken kind = parser.currentToken();
    boolean string = kind == JsonToken.VALUE_STRING;
    switch (name) {
      case "op" -> {
        op = string && OPS.contains(parser.getText()) ? parser.getText() : null;
        refuseUnless(op != null);
      }
      case "to" -> to(kind);
      case "data" -> request.data(raw());
      case "ref" -> ref(kind, raw());
      case "ttl" -> request.ttl(kind.isNumeric() ? raw() : "none");
      case "receipt" -> {
        request.receipt = kind == JsonToken.VALUE_TRUE;
        refuseUnless(kind.isBoolean());
      }
      case "id", "type", "collapse", "user", "secret", "publisher", "after" -> {
        if (string) {
          request.text(name, parser.getText());
        }
        refuseUnless(string);
      }
      default -> {}
    }
    parser.skipChildren();
    parser.finishToken();
  }

  private void refuseUnless(boolean right) {
    if (!right) {
      request.bad();
    }
  }

  private void to(JsonToken kind) throws IOException {
    if (kind == JsonToken.VALUE_STRING && parser.getText().equals("*")) {
      request.to = new Audience.Everyone();
    } else if (kind == JsonToken.VALUE_STRING) {
      request.to(parser.getText());
    } else if (kind == JsonToken.START_ARRAY) {
      List<String> names = new ArrayList<>();
      for (JsonToken next = parser.nextToken();
          next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        refuseUnless(next == JsonToken.VALUE_STRING);
        names.add(next == JsonToken.VALUE_STRING ? parser.getText() : "");
        parser.skipChildren();
      }
      request.to(names);
    } else {
      request.bad();
    }
  }

  private void ref(JsonToken kind, String raw) {
    byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
    boolean string = kind == JsonToken.VALUE_STRING;
    if (!string && !kind.isNumeric() || bytes.length - (string ? 2 : 0) > Limits.MAX_REF_BYTES) {
      request.bad();
    } else {
      request.ref = Ref.json(bytes, 0, bytes.length);
    }
  }

  /** The current value from its first character to its last. */
  private String raw() throws IOException {
    int from = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    parser.finishToken();
    return line.substring(from, (int) parser.currentLocation().getCharOffset());
  }
}
