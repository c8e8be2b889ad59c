package io.pushgate.gateway.client.witness;

import io.pushgate.gateway.http.ProblemCode;
import io.pushgate.gateway.nginx.Lines;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Why a request failed, or is suspect though it was let in. Immutable.
 *
 * @param fix the lines that a proxy is missing, one below the other, where some would mend it
 */
public record Verdict(Cause cause, Optional<String> fix) {

  /** What a proxy may have brought about, though it is the client that is told of it. */
  private static final Set<Cause> MAYBE_A_PROXYS =
      EnumSet.of(
          Cause.WRONG_PATH,
          Cause.FOREIGN_ORIGIN,
          Cause.FOREIGN_HOST,
          Cause.TOKEN,
          Cause.BAD_HANDSHAKE,
          Cause.PLAIN_REQUEST);

  /** Of what cannot be read as a request only the problem is known. */
  public static Verdict unread(ProblemCode code) {
    return of(told(code));
  }

  /** Of a request that was refused with this code. */
  public static Verdict refused(ProblemCode code, Evidence seen) {
    Cause told = told(code);
    Cause cause = MAYBE_A_PROXYS.contains(told) ? proxys(told, seen).orElse(told) : told;
    return new Verdict(cause, ProxyFix.of(seen));
  }

  /** Of a request that was let in; empty where all is well. */
  public static Optional<Verdict> accepted(Evidence seen) {
    return seen.lacksClientAddress()
        ? Optional.of(new Verdict(Cause.CLIENT_ADDRESS_DROPPED, Optional.of(Lines.FORWARDED_FOR)))
        : Optional.empty();
  }

  /** Of a cause that no line mends. */
  public static Verdict of(Cause cause) {
    return new Verdict(cause, Optional.empty());
  }

  /** The cause as the problem alone tells it. */
  private static Cause told(ProblemCode code) {
    return switch (code) {
      case TIMEOUT -> Cause.SLOW;
      case TOO_LARGE, URI_TOO_LONG, HEADERS_TOO_LARGE -> Cause.TOO_LARGE;
      case BAD_REQUEST -> Cause.MALFORMED;
      case RATE_LIMITED, OVERLOADED -> Cause.LIMIT;
      case DRAINING -> Cause.DRAINING;
      case UNAVAILABLE, UNSUPPORTED, INTERNAL -> Cause.UNAVAILABLE;
      case NOT_FOUND -> Cause.WRONG_PATH;
      case METHOD_NOT_ALLOWED -> Cause.WRONG_METHOD;
      case BAD_USER -> Cause.BAD_USER;
      case BAD_CURSOR -> Cause.BAD_CURSOR;
      case FORBIDDEN_ORIGIN -> Cause.FOREIGN_ORIGIN;
      case FORBIDDEN_HOST -> Cause.FOREIGN_HOST;
      case UNAUTHORIZED, FORBIDDEN_USER -> Cause.TOKEN;
      case BAD_HANDSHAKE, WEBSOCKET_VERSION -> Cause.BAD_HANDSHAKE;
      case UPGRADE_REQUIRED -> Cause.PLAIN_REQUEST;
    };
  }

  /** What was lost of the handshake comes first: it also changes what the client is told. */
  private static Optional<Cause> proxys(Cause told, Evidence seen) {
    Optional<Cause> lost = seen.hasKey() ? lost(seen) : withoutKey(seen);
    if (lost.isPresent()) {
      return lost;
    }
    if (told == Cause.WRONG_PATH && seen.pathIsRewritten()) {
      return Optional.of(Cause.PATH_REWRITTEN);
    }
    return told == Cause.FOREIGN_ORIGIN && seen.hostIsTheUpstreams()
        ? Optional.of(Cause.HOST_REWRITTEN)
        : Optional.empty();
  }

  private static Optional<Cause> lost(Evidence seen) {
    if (seen.wasMaimedBeforeNginx()) {
      return Optional.of(Cause.OUTER_PROXY);
    }
    if (!seen.hasUpgrade()) {
      return Optional.of(
          seen.hostIsTheUpstreams() ? Cause.LOCATION_MISSING : Cause.UPGRADE_DROPPED);
    }
    if (!seen.hasConnection()) {
      return Optional.of(Cause.CONNECTION_DROPPED);
    }
    if (!seen.isHttp11()) {
      return Optional.of(Cause.HTTP_VERSION);
    }
    return seen.hasVersion() ? Optional.empty() : Optional.of(Cause.HEADERS_DROPPED);
  }

  private static Optional<Cause> withoutKey(Evidence seen) {
    if (!seen.hasAnyUpgrade()) {
      return Optional.empty();
    }
    boolean dropped = seen.isUpgradeAlone() || (seen.hasUpgrade() && seen.hasVersion());
    return Optional.of(dropped ? Cause.HEADERS_DROPPED : Cause.NOT_A_WEBSOCKET);
  }
}
