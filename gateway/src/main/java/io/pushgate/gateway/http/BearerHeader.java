package io.pushgate.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code Authorization: Bearer} (RFC 6750, section 2.1). Any thread. */
public final class BearerHeader {
  private static final String SCHEME = "bearer ";

  private BearerHeader() {}

  /** What the header brings; another scheme brings nothing. Its bytes are read as UTF-8. */
  public static Optional<String> of(HttpHeaders headers) {
    String value = headers.get(HttpHeaderNames.AUTHORIZATION, "");
    if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    byte[] bytes = value.substring(SCHEME.length()).strip().getBytes(StandardCharsets.ISO_8859_1);
    return Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }
}
