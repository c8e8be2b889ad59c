package io.pushgate.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refusal, as {@code application/problem+json} (RFC 9457) tells it. Immutable.
 *
 * @param detail one sentence for whoever made the request: what was seen, what was expected
 * @param members further members; each value is a string, a whole number, a boolean, or a map or
 *     list of such
 * @param headers further headers of the answer, such as {@code Retry-After}
 */
public record Problem(
    ProblemCode code, String detail, Map<String, ?> members, Map<String, String> headers) {
  private static final String CONTENT_TYPE = "application/problem+json";

  /** Copies the maps, keeping their order. */
  public Problem {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    headers = Map.copyOf(headers);
  }

  /** A problem without further members. */
  public static Problem of(ProblemCode code, String detail) {
    return new Problem(code, detail, Map.of(), Map.of());
  }

  /** The same with one more member. */
  public Problem with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(members);
    more.put(name, value);
    return new Problem(code, detail, more, headers);
  }

  /** The same with one more header in the answer. */
  public Problem withHeader(CharSequence name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name.toString(), value);
    return new Problem(code, detail, members, more);
  }

  /** The answer; whether the connection lives on behind it is the caller's decision. */
  public FullHttpResponse response() {
    ByteBuf body = Unpooled.wrappedBuffer(ProblemJson.write(this));
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, code.status(), body);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, CONTENT_TYPE)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
        .set("x-content-type-options", "nosniff");
    headers.forEach((name, value) -> response.headers().set(name, value));
    return response;
  }
}
