package io.pushgate.gateway.client;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.pushgate.gateway.http.HostHeader;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.http.Quoted;
import io.pushgate.protocol.Limits;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * 400 {@code bad_request}: what is left of it once the head was decoded. Any thread.
 *
 * <p>The faults of the raw head and of its framing are {@code StrictRequestDecoder}'s, those of the
 * body {@link RequestReader}'s.
 */
final class WellFormed implements Rule {
  private static final Pattern CID =
      Pattern.compile("[A-Za-z0-9_-]{1," + Limits.MAX_CID_LENGTH + "}");

  private static final Pattern WINDOW = Pattern.compile("[0-9]{1,9}");

  @Override
  public Optional<Problem> objection(PublicRequest request) {
    return faultOfHttp(request)
        .or(() -> request.opensSession() ? query(request) : Optional.empty());
  }

  /** What makes it doubtful where the request ends or whom it is for, so that none may follow. */
  static Optional<Problem> faultOfHttp(PublicRequest request) {
    return host(request).or(() -> target(request));
  }

  /** The window that a session asks for, 0 where it asks for none. */
  static int window(PublicRequest request) {
    return request.parameter("window").map(Integer::parseInt).orElse(0);
  }

  /** The page's name for its attempt; empty where there is none, or it is none. */
  static Optional<String> cid(PublicRequest request) {
    return request.parameter("cid").filter(cid -> CID.matcher(cid).matches());
  }

  private static Optional<Problem> host(PublicRequest request) {
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    if (hosts.size() != 1) {
      return malformed("expected one Host header, not " + hosts.size());
    }
    return HostHeader.parse(hosts.get(0)).isPresent()
        ? Optional.empty()
        : malformed("Host was " + Quoted.text(hosts.get(0)) + "; expected a host and maybe a port");
  }

  private static Optional<Problem> target(PublicRequest request) {
    if (request.target().isEmpty()) {
      return malformed("target " + Quoted.target(request.head().uri()) + "; expected a path");
    }
    String host = request.headers().get(HttpHeaderNames.HOST);
    Optional<String> other =
        request.target().get().authority().filter(named -> !named.equalsIgnoreCase(host));
    return other.isEmpty()
        ? Optional.empty()
        : malformed("the target names " + Quoted.text(other.get()) + ", Host " + Quoted.text(host));
  }

  private static Optional<Problem> query(PublicRequest request) {
    Optional<String> window = request.parameter("window");
    if (window.isPresent() && !isWindow(window.get())) {
      return malformed(
          "window was %s; expected 1 to %d"
              .formatted(Quoted.text(window.get()), Limits.MAX_WINDOW));
    }
    Optional<String> cid = request.parameter("cid");
    if (cid.isPresent() && cid(request).isEmpty()) {
      return malformed(
          "cid was %s; expected 1 to %d of A-Z a-z 0-9 _ -"
              .formatted(Quoted.text(cid.get()), Limits.MAX_CID_LENGTH));
    }
    return Optional.empty();
  }

  private static boolean isWindow(String text) {
    if (!WINDOW.matcher(text).matches()) {
      return false;
    }
    int window = Integer.parseInt(text);
    return window >= 1 && window <= Limits.MAX_WINDOW;
  }

  private static Optional<Problem> malformed(String detail) {
    return Optional.of(Problem.of(ProblemCode.BAD_REQUEST, detail));
  }
}
