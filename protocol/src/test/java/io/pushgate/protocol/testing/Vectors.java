package io.pushgate.protocol.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pushgate.protocol.UserId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;

/** The test vectors that are published with the protocol. Any thread. */
public final class Vectors {
  private Vectors() {}

  /** The vectors of one list, whose names show in the names of the tests. */
  public static List<Vector> of(String list) {
    try (InputStream in = UserId.class.getResourceAsStream("vectors.json")) {
      JsonNode vectors = new ObjectMapper().readTree(in).get(list);
      return StreamSupport.stream(vectors.spliterator(), false).map(Vector::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One vector. */
  public record Vector(JsonNode fields) {
    public String text(String field) {
      return fields.get(field).textValue();
    }

    public String textOrNull(String field) {
      return fields.has(field) ? text(field) : null;
    }

    public JsonNode get(String field) {
      return fields.get(field);
    }

    @Override
    public String toString() {
      return text("name");
    }
  }
}
