package io.pushgate.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Faults of HTTP itself, as Netty's decoder reports them and as it lets them pass. What follows
 * such a request on its connection cannot be trusted to be one. Any thread.
 */
public final class RequestFaults {
  private RequestFaults() {}

  /** The problem with a decoded request's form, if there is one. */
  public static Optional<Problem> problem(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Optional.of(problem(request.decoderResult().cause()));
    }
    int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1 || (hosts == 0 && request.protocolVersion().equals(HttpVersion.HTTP_1_1))) {
      return Optional.of(
          Problem.of(ProblemCode.BAD_REQUEST, "expected one Host header, not " + hosts));
    }
    return Optional.empty();
  }

  /** The problem that a decoder's failure stands for. */
  public static Problem problem(@Nullable Throwable failure) {
    if (failure instanceof TooLongHttpLineException) {
      return Problem.of(ProblemCode.URI_TOO_LONG, "the request line is too long");
    }
    if (failure instanceof TooLongHttpHeaderException) {
      return Problem.of(ProblemCode.HEADERS_TOO_LARGE, "the headers are too large");
    }
    String message = failure == null ? null : failure.getMessage();
    return Problem.of(
        ProblemCode.BAD_REQUEST,
        "malformed HTTP" + (message == null ? "" : ": " + Quoted.text(message)));
  }
}
