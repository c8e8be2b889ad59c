package io.pushgate.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object, its fields looked up by name: the convenient way to read what a gateway sends,
 * for clients. Whatever is missing or of another kind is an IllegalArgumentException that names the
 * field. Immutable.
 */
public final class JsonObject {
  private final Map<String, Payload> values;

  private JsonObject(Map<String, Payload> values) {
    this.values = values;
  }

  /** Keeps the array, which is given away. Of a doubled field the last counts. */
  public static JsonObject parse(byte[] bytes, int offset, int length) {
    Map<String, Payload> values = new HashMap<>();
    JsonFields fields = new JsonFields(bytes, offset, length);
    try {
      while (fields.next()) {
        String name = fields.nameText();
        fields.value();
        values.put(name, new Payload(bytes, fields.valueFrom(), fields.valueLength()));
      }
    } catch (JsonFault fault) {
      throw new IllegalArgumentException(fault.explanation(), fault);
    }
    return new JsonObject(values);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** The value as it was sent. */
  public Payload value(String name) {
    Payload value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + ": is missing");
    }
    return value;
  }

  public String text(String name) {
    Payload value = value(name, JsonKind.STRING);
    int from = value.offset() + 1;
    return JsonText.decode(value.bytes(), from, from + value.length() - 2);
  }

  public @Nullable String textOrNull(String name) {
    return has(name) ? text(name) : null;
  }

  public long number(String name) {
    return Long.parseLong(value(name, JsonKind.NUMBER).text());
  }

  public boolean bool(String name) {
    Payload value = value(name, JsonKind.BOOLEAN);
    return value.bytes()[value.offset()] == 't';
  }

  public boolean boolOr(String name, boolean otherwise) {
    return has(name) ? bool(name) : otherwise;
  }

  /** The objects of an array. */
  public List<JsonObject> objects(String name) {
    Payload array = value(name, JsonKind.ARRAY);
    JsonScanner scanner = new JsonScanner(array.bytes(), array.offset(), array.length());
    List<JsonObject> objects = new ArrayList<>();
    try {
      for (Payload element : scanner.elements(array.bytes())) {
        objects.add(parse(element.bytes(), element.offset(), element.length()));
      }
    } catch (JsonFault fault) {
      throw new IllegalArgumentException(fault.explanation(), fault);
    }
    return objects;
  }

  private Payload value(String name, JsonKind kind) {
    Payload value = value(name);
    JsonKind found = JsonKind.of(value.bytes()[value.offset()]);
    if (found != kind) {
      throw new IllegalArgumentException(
          name + ": expected " + kind.words() + ", found " + found.words());
    }
    return value;
  }
}
