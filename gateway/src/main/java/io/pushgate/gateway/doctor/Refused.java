package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.probe.Answer;
import java.util.Optional;

/** What the gateway itself says no to, in its own words. Any thread. */
final class Refused {
  private Refused() {}

  /** The diagnosis of an answer that is no 101 and that no proxy is to blame for. */
  static Diagnosis byGateway(Answer answer, String where) {
    String detail = detail(answer);
    String who =
        answer.gateway().isPresent()
            ? "the gateway refuses"
            : "what answers is no pushgate, and refuses";
    return Diagnosis.of(
            "gateway_refuses",
            Hop.GATEWAY,
            "%s %s: %s".formatted(who, where, (answer.summary() + " " + answer.code()).strip()))
        .evidence("a handshake", detail)
        .advise(adviceFor(answer, detail));
  }

  /** What it says of itself. */
  static String detail(Answer answer) {
    return answer.problem().map(problem -> problem.textOrNull("detail")).orElse(answer.summary());
  }

  private static String adviceFor(Answer answer, String detail) {
    Optional<String> fix = answer.problem().map(problem -> problem.textOrNull("fix"));
    if (fix.isPresent()) {
      return fix.get();
    }
    return switch (answer.code()) {
      case "unauthorized" ->
          detail.contains("--token-keys")
              ? "start the gateway with --token-keys FILE, or with --open where anybody may come in"
              : "give a token that is not expired and was signed by a key of --token-keys";
      case "forbidden_user" -> "connect as the user that the token is for";
      case "forbidden_host" ->
          "start the gateway with --token-keys FILE, or name this site's origin in --allowed-origins";
      case "rate_limited" -> "raise the gateway's --max-connections-per-address, or wait";
      case "draining", "overloaded" -> "wait, or start another gateway";
      default -> "read what the gateway says: " + detail;
    };
  }
}
