package io.pushgate.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.pushgate.gateway.config.ListenConfig;
import io.pushgate.protocol.CloseCode;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** An event stream by the letter of WHATWG HTML, section 9.2, which resumes by its header. */
final class SseClient extends StreamClient {
  private static final Set<String> FIELDS = Set.of("event", "id", "data", "retry");

  private SseClient(ListenConfig bound, StreamRequest request) throws IOException {
    super(bound, request);
    String resumed = request.after().isEmpty() ? "" : "Last-Event-ID: %s\r\n";
    Map<String, String> answer =
        exchange(request.target("sse", false), 200, resumed.formatted(request.after()));
    require(answer.get("content-type").startsWith("text/event-stream"), answer.toString());
    require("no".equals(answer.get("x-accel-buffering")), answer.toString());
    require(answer.get("cache-control").contains("no-store"), answer.toString());
    require(!answer.containsKey("transfer-encoding"), answer.toString());
  }

  static SseClient open(ListenConfig bound, StreamRequest request) throws IOException {
    SseClient client = new SseClient(bound, request);
    client.start();
    return client;
  }

  @Override
  void read() throws IOException {
    Map<String, String> event = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.startsWith(":")) {
        heartbeat();
      } else {
        String text = new String(line.getBytes(ISO_8859_1), UTF_8);
        String[] field = text.split(": ", 2);
        require(field.length == 2 && FIELDS.contains(field[0]), text);
        require(event.put(field[0], field[1]) == null, "a doubled field: " + text);
      }
    }
    if (!event.isEmpty()) {
      dispatch(event);
    }
  }

  private void dispatch(Map<String, String> event) throws IOException {
    JsonNode frame = JSON.readTree(event.getOrDefault("data", ""));
    String op = frame.path("op").asText();
    require(op.equals(event.get("event")), event.toString());
    if (op.equals("reconnect")) {
      require(frame.path("delayMs").asText().equals(event.get("retry")), event.toString());
      closes(CloseCode.DRAIN);
    } else if (op.equals("error")) {
      closes(named(frame.path("code").asText()));
    }
    heard(event.getOrDefault("data", ""), event.getOrDefault("id", ""));
  }

  private static CloseCode named(String reason) {
    return Arrays.stream(CloseCode.values())
        .filter(code -> code.reason().equals(reason))
        .findFirst()
        .orElse(null);
  }

  @Override
  public void ack(String cursor) {
    String target = "/api/v1/notifications/ack/" + request.path();
    String body = "{\"cursor\":\"%s\"}".formatted(cursor);
    int status = HttpCall.post(bound.publicAddress(), target, body).statusCode();
    require(status == 204, "acknowledged: " + status);
  }
}
