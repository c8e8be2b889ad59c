package io.pushgate.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** Why a request is refused: the stable {@code code} of a problem, and the status it comes with. */
public enum ProblemCode {
  TIMEOUT("timeout", 408),
  TOO_LARGE("too_large", 413),
  URI_TOO_LONG("uri_too_long", 414),
  HEADERS_TOO_LARGE("headers_too_large", 431),
  BAD_REQUEST("bad_request", 400),
  RATE_LIMITED("rate_limited", 429),
  DRAINING("draining", 503),
  OVERLOADED("overloaded", 503),
  UNAVAILABLE("unavailable", 503),
  NOT_FOUND("not_found", 404),
  METHOD_NOT_ALLOWED("method_not_allowed", 405),
  BAD_USER("bad_user", 400),
  BAD_CURSOR("bad_cursor", 400),
  FORBIDDEN_ORIGIN("forbidden_origin", 403),
  FORBIDDEN_HOST("forbidden_host", 403),
  UNAUTHORIZED("unauthorized", 401),
  FORBIDDEN_USER("forbidden_user", 403),
  BAD_HANDSHAKE("bad_handshake", 400),
  WEBSOCKET_VERSION("websocket_version", 426),
  UPGRADE_REQUIRED("upgrade_required", 426),
  /** The gateway, set up as it is, has nothing to do it with. */
  UNSUPPORTED("unsupported", 501),
  /** A defect of the gateway itself. */
  INTERNAL("internal", 500);

  private final String code;
  private final int status;

  ProblemCode(String code, int status) {
    this.code = code;
    this.status = status;
  }

  /** The code as it stands in the answer and in metrics. */
  public String code() {
    return code;
  }

  /** The status of the answer. */
  public HttpResponseStatus status() {
    return HttpResponseStatus.valueOf(status);
  }
}
