package io.pushgate.gateway.ingress;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.pushgate.gateway.config.Secret;
import io.pushgate.gateway.http.BearerHeader;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.http.Quoted;
import io.pushgate.gateway.http.RequestFaults;
import io.pushgate.protocol.Limits;
import io.pushgate.protocol.Names;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the head of an HTTP request asks for, and whether that is granted. <em>Any thread.</em> */
final class PushRequest {
  private static final String PATH = "/push";

  private PushRequest() {}

  /**
   * The problem with a request, if there is one; the cheapest and the most fundamental come first.
   */
  static Optional<Problem> problem(HttpRequest request, IngressAccess access) {
    return RequestFaults.problem(request)
        .or(() -> access.pageProblem(request.headers()))
        .or(() -> routeProblem(request))
        .or(() -> publisherProblem(request))
        .or(() -> secretProblem(request, access))
        .or(() -> lengthProblem(request));
  }

  /** The secret that a request brings. */
  static Optional<Secret> secret(HttpRequest request) {
    return BearerHeader.of(request.headers()).map(Secret::of);
  }

  /** The publisher that a good request names; null for none. */
  static @Nullable String publisher(HttpRequest request) {
    List<String> names = publishers(request);
    return names.isEmpty() ? null : names.get(0);
  }

  /**
   * Whether the connection may go on behind a refusal: the next request begins right behind this
   * one, and the refusal's body is expected, which behind a HEAD it is not.
   */
  static boolean isReusable(HttpRequest request) {
    return request.decoderResult().isSuccess()
        && HttpUtil.isKeepAlive(request)
        && !request.method().equals(HttpMethod.HEAD)
        && HttpUtil.getContentLength(request, 0L) == 0
        && !HttpUtil.isTransferEncodingChunked(request);
  }

  private static Optional<Problem> routeProblem(HttpRequest request) {
    String path = new QueryStringDecoder(request.uri()).rawPath();
    if (!path.equals(PATH)) {
      String detail = "path was %s; expected /push".formatted(Quoted.text(path));
      return Optional.of(Problem.of(ProblemCode.NOT_FOUND, detail));
    }
    if (!request.method().equals(HttpMethod.POST)) {
      String detail =
          "method was %s; expected POST".formatted(Quoted.text(request.method().name()));
      return Optional.of(
          Problem.of(ProblemCode.METHOD_NOT_ALLOWED, detail)
              .withHeader(HttpHeaderNames.ALLOW, HttpMethod.POST.name()));
    }
    return Optional.empty();
  }

  private static Optional<Problem> publisherProblem(HttpRequest request) {
    List<String> names;
    try {
      names = publishers(request);
    } catch (IllegalArgumentException malformed) {
      return bad("query: malformed percent-encoding");
    }
    if (names.size() > 1) {
      return bad("publisher: is given twice");
    }
    String fault = names.isEmpty() ? null : Names.fault(names.get(0), Limits.MAX_NAME_BYTES);
    return fault == null ? Optional.empty() : bad("publisher: " + fault);
  }

  private static Optional<Problem> secretProblem(HttpRequest request, IngressAccess access) {
    return access
        .objection(secret(request), publisher(request))
        .map(
            objection ->
                Problem.of(ProblemCode.UNAUTHORIZED, "Authorization: Bearer: " + objection)
                    .withHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer"));
  }

  private static Optional<Problem> lengthProblem(HttpRequest request) {
    long length = HttpUtil.getContentLength(request, 0L);
    if (length <= IngressLimits.MAX_HTTP_BODY) {
      return Optional.empty();
    }
    String detail =
        "body: %d bytes announced, %d at most".formatted(length, IngressLimits.MAX_HTTP_BODY);
    return Optional.of(Problem.of(ProblemCode.TOO_LARGE, detail));
  }

  private static List<String> publishers(HttpRequest request) {
    return new QueryStringDecoder(request.uri()).parameters().getOrDefault("publisher", List.of());
  }

  private static Optional<Problem> bad(String detail) {
    return Optional.of(Problem.of(ProblemCode.BAD_REQUEST, detail));
  }
}
