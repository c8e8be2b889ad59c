package io.pushgate.gateway.command;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpResponse;
import io.pushgate.protocol.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * A handshake that was refused, told for a person: what the problem document says, or, where a
 * proxy answered instead of the gateway, what came. Immutable.
 */
record Refusal(int status, List<String> lines) {
  private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);
  private static final int MAX_SHOWN = 200;

  Refusal {
    lines = List.copyOf(lines);
  }

  static Refusal of(FullHttpResponse response) {
    return of(
        response.status().code(),
        response.status().toString(),
        ByteBufUtil.getBytes(response.content()));
  }

  /** Of any answer, by its status and what to call that. */
  static Refusal of(int status, String name, byte[] body) {
    String first = "refused with " + name;
    try {
      JsonObject problem = JsonObject.parse(body, 0, body.length);
      String code = first + ": " + problem.text("code");
      String detail = "detail: " + printable(problem.text("detail"));
      String fix = problem.textOrNull("fix");
      return new Refusal(
          status,
          fix == null ? List.of(code, detail) : List.of(code, detail, "fix: " + printable(fix)));
    } catch (IllegalArgumentException noProblem) {
      String text = printable(new String(body, StandardCharsets.UTF_8));
      return new Refusal(status, List.of(first + ", which is no answer of a gateway: " + text));
    }
  }

  /** Whether a later attempt may well be let in. */
  boolean comesBack() {
    return PASSING.contains(status);
  }

  private static String printable(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) + "..." : line;
  }
}
