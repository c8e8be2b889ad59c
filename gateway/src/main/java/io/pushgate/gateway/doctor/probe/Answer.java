package io.pushgate.gateway.doctor.probe;

import io.pushgate.gateway.websocket.Handshake;
import io.pushgate.protocol.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one request. Immutable, but for the tunnel.
 *
 * @param detail in words, where there is no status
 * @param status 0 where nothing was answered
 * @param headers names in lower case, each with its values
 * @param body the first 64 KiB, as text
 * @param tunnel the open WebSocket behind a 101, which whoever asked closes
 * @param millis from the first byte sent to the end of the answer's head
 */
public record Answer(
    Ask ask,
    Outcome outcome,
    String detail,
    int status,
    Map<String, List<String>> headers,
    String body,
    @Nullable Tunnel tunnel,
    long millis) {

  static final String HTTP_2_ALONE = "what answers speaks HTTP/2 alone";

  /** How far it came. */
  public enum Outcome {
    /** Nothing listens there. */
    REFUSED,
    /** No connection within the deadline, or no way there. */
    UNREACHED,
    /** The connection stands, TLS over it does not. */
    TLS_FAILED,
    /** Not a byte came within the deadline. */
    SILENT,
    /** The connection was ended before a byte came. */
    CLOSED,
    /** What came is no HTTP. */
    NOT_HTTP,
    ANSWERED
  }

  static Answer failed(Ask ask, Outcome outcome, String detail, long millis) {
    return new Answer(ask, outcome, detail, 0, Map.of(), "", null, millis);
  }

  public boolean answered() {
    return outcome == Outcome.ANSWERED;
  }

  /** Whether the listener takes nothing but HTTP/2, which no browser speaks without TLS. */
  public boolean isHttp2Alone() {
    return detail.equals(HTTP_2_ALONE);
  }

  /** Whether the server switched protocols; a browser may still find fault with how. */
  public boolean switched() {
    return status == 101;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)))
        .map(values -> String.join(", ", values));
  }

  /** The gateway that made this answer; empty where something before it did. */
  public Optional<String> gateway() {
    return header("X-Pushgate-Gateway");
  }

  /** The mark of the project's own nginx configuration. */
  public Optional<String> route() {
    return header("X-Pushgate-Route");
  }

  /** The {@code code} of the gateway's refusal; empty where this is none. */
  public String code() {
    return problem().map(problem -> problem.textOrNull("code")).orElse("");
  }

  /** The gateway's refusal (RFC 9457), where this is one. */
  public Optional<JsonObject> problem() {
    if (gateway().isEmpty() || !body.startsWith("{")) {
      return Optional.empty();
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try {
      return Optional.of(JsonObject.parse(bytes, 0, bytes.length));
    } catch (IllegalArgumentException noJson) {
      return Optional.empty();
    }
  }

  /** Whether {@code Sec-WebSocket-Accept} is the one that the key asks for. */
  public boolean acceptsKey() {
    String key = ask.headers().getOrDefault("Sec-WebSocket-Key", "");
    return header("Sec-WebSocket-Accept").equals(Optional.ofNullable(Handshake.accept(key)));
  }

  public boolean hasToken(String name, String token) {
    return header(name)
        .filter(
            value ->
                List.of(value.toLowerCase(Locale.ROOT).split("[ \t]*,[ \t]*", -1)).contains(token))
        .isPresent();
  }

  /** Whether its body is of this media type, whatever the parameters. */
  public boolean hasType(String type) {
    return header("Content-Type")
        .filter(value -> value.split(";", -1)[0].strip().equalsIgnoreCase(type))
        .isPresent();
  }

  /** Ends the tunnel behind this answer, if there is one. */
  public void close() {
    if (tunnel != null) {
      tunnel.close();
    }
  }

  /** In a few words, for a line of the report. */
  public String summary() {
    return answered() ? "HTTP " + status : detail;
  }
}
