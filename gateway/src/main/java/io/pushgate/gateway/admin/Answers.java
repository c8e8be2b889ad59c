package io.pushgate.gateway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The admin port's good answers; none may be kept by a cache. Any thread. */
final class Answers {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private Answers() {}

  /** A record's components as a JSON object. */
  static FullHttpResponse json(Object value) {
    try {
      return ok("application/json", JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** It was done, and there is nothing to say. */
  static FullHttpResponse nothing() {
    return empty(HttpResponseStatus.NO_CONTENT);
  }

  /** It will be done once this answer is out. */
  static FullHttpResponse accepted() {
    FullHttpResponse response = empty(HttpResponseStatus.ACCEPTED);
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
    return response;
  }

  private static FullHttpResponse empty(HttpResponseStatus status) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
    return response;
  }

  static FullHttpResponse text(String text) {
    return ok("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Prometheus' text format, which carries its own version. */
  static FullHttpResponse metrics(String scrape) {
    return ok("text/plain; version=0.0.4; charset=utf-8", scrape.getBytes(StandardCharsets.UTF_8));
  }

  private static FullHttpResponse ok(String type, byte[] body) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(body));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, type)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length)
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
        .set("x-content-type-options", "nosniff");
    return response;
  }
}
