package io.pushgate.gateway.doctor.probe;

import io.pushgate.protocol.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How one request arrived at the gateway, as that tells. Immutable.
 *
 * @param target the path and query of the request line; empty where it is not known
 * @param version of HTTP, such as {@code HTTP/1.0}
 * @param headers names in lower case; a value that is nobody's business is left empty
 * @param complete whether all names are there, so that a missing one did not arrive
 */
public record Arrival(
    Optional<String> target, String version, Map<String, String> headers, boolean complete) {

  public Arrival {
    headers = new LinkedHashMap<>(headers);
  }

  /** One record of {@code /probe/{nonce}}. */
  static Arrival ofRecord(JsonObject record) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (JsonObject header : record.objects("headers")) {
      String value = header.textOrNull("value");
      values
          .computeIfAbsent(header.text("name").toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(value == null ? "" : value);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    values.forEach((name, all) -> headers.put(name, String.join(", ", all)));
    String[] line = record.text("line").split(" ", -1);
    return new Arrival(
        line.length > 1 ? Optional.of(line[1]) : Optional.empty(),
        record.text("version"),
        headers,
        true);
  }

  /** What a refusal itself tells in {@code hop}. */
  public static Optional<Arrival> ofRefusal(Answer answer) {
    return answer
        .problem()
        .filter(problem -> problem.has("hop"))
        .map(
            problem -> {
              var hop = problem.value("hop");
              JsonObject fields = JsonObject.parse(hop.bytes(), hop.offset(), hop.length());
              Map<String, String> headers = new LinkedHashMap<>();
              for (String name :
                  List.of(
                      "upgrade", "connection", "host", "x-forwarded-for", "x-forwarded-proto")) {
                if (fields.has(name)) {
                  headers.put(name, fields.text(name));
                }
              }
              String version = fields.textOrNull("version");
              return new Arrival(Optional.empty(), version == null ? "" : version, headers, false);
            });
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Whether a header that was sent is known to be missing here. */
  public boolean lacks(String name) {
    return complete && header(name).isEmpty();
  }

  /** Whether a header's list holds a word, in any case. */
  public boolean says(String name, String word) {
    return header(name)
        .filter(
            value ->
                List.of(value.toLowerCase(Locale.ROOT).split("[ \t]*,[ \t]*", -1)).contains(word))
        .isPresent();
  }

  /** The parts that make a handshake, as they stand here. */
  public String handshake() {
    return "%s, %s, %s, %s"
        .formatted(
            version.isEmpty() ? "HTTP of an unknown version" : version,
            shown("Upgrade"),
            shown("Connection"),
            shown("Host"));
  }

  /** A header with its value, or that there is none. */
  public String shown(String name) {
    return header(name).map(value -> name + ": " + value).orElse("no " + name);
  }
}
