package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.probe.Answer;
import io.pushgate.gateway.doctor.probe.Ask;
import io.pushgate.gateway.doctor.probe.Deadline;
import io.pushgate.gateway.doctor.probe.Tunnel;
import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.Lines;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Holds three tunnels at once: one in silence, one that says something every second, and one past
 * every proxy. Which of them ends, and when, tells what ends it. One thread.
 */
final class Holding {
  /** Past nginx's default of 60 s, and past a ping that is one heartbeat away. */
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(70);

  /** Less than the shortest timeout that nginx's usual unit can say. */
  private static final Duration SAY_EVERY = Duration.ofMillis(250);

  private static final Duration LOOK = Duration.ofMillis(50);

  /**
   * Two that end within this were ended by the same hand, be it that each was held by a worker of
   * another reload. One that talks is never cut by what cuts a silent one, so a long wait is safe.
   */
  private static final Duration TOGETHER = Duration.ofSeconds(3);

  private final Evidence evidence;
  private final Tunnel silent;
  private final Tunnel talking;
  private final Optional<Tunnel> direct;
  private Deadline nextWord = Deadline.in(SAY_EVERY);

  private Holding(Evidence evidence, Tunnel silent, Tunnel talking, Optional<Tunnel> direct) {
    this.evidence = evidence;
    this.silent = silent;
    this.talking = talking;
    this.direct = direct;
  }

  /** Opens them, waits as long as the plan says, and judges. */
  static Optional<Diagnosis> idle(Evidence evidence) {
    if (evidence.plan.quick() || !evidence.handshake().switched()) {
      return Optional.empty();
    }
    Answer silent = open(evidence);
    Answer talking = open(evidence);
    Optional<Answer> direct = openDirect(evidence);
    try {
      Tunnel first = silent.tunnel();
      Tunnel second = talking.tunnel();
      return first == null || second == null
          ? Optional.empty()
          : new Holding(evidence, first, second, direct.map(Answer::tunnel)).hold();
    } finally {
      silent.close();
      talking.close();
      direct.ifPresent(Answer::close);
    }
  }

  private static Answer open(Evidence evidence) {
    return evidence.site.handshake(evidence.plan.user(), PublicSide.HANDSHAKE_PATIENCE);
  }

  private static Optional<Answer> openDirect(Evidence evidence) {
    return evidence
        .plan
        .direct()
        .map(
            url -> {
              InetSocketAddress at = new InetSocketAddress(url.address(), url.port());
              Ask ask =
                  Ask.handshake(url, url.path("ws", evidence.plan.user()), Optional.empty())
                      .withToken(PublicSide.tokenFor(evidence.plan, url, at));
              return evidence.exchange.send(ask, at, PublicSide.HANDSHAKE_PATIENCE);
            });
  }

  /** How long the tunnels are held. */
  static Duration time(Evidence evidence) {
    Duration beats =
        evidence.findings.heartbeat().orElse(Duration.ZERO).multipliedBy(3).dividedBy(2);
    return evidence.plan.idle().orElse(beats.compareTo(LONG_ENOUGH) > 0 ? beats : LONG_ENOUGH);
  }

  private Optional<Diagnosis> hold() {
    Deadline end = Deadline.in(time(evidence));
    while (!end.isOver()) {
      Duration silence = silent.silence();
      look();
      if (silent.state() == Tunnel.State.CLOSED || talking.state() == Tunnel.State.CLOSED) {
        return Optional.of(closed());
      }
      if (silent.state() == Tunnel.State.CUT || talking.state() == Tunnel.State.CUT) {
        return Optional.of(cut(silence));
      }
    }
    evidence.findings.held(time(evidence));
    return Optional.empty();
  }

  private void look() {
    silent.next(LOOK);
    talking.next(LOOK);
    direct.ifPresent(tunnel -> tunnel.next(LOOK));
    if (nextWord.isOver()) {
      talking.send("ping");
      nextWord = Deadline.in(SAY_EVERY);
    }
  }

  private Diagnosis closed() {
    String reason = silent.state() == Tunnel.State.CLOSED ? silent.reason() : talking.reason();
    return Diagnosis.of("gateway_refuses", Hop.GATEWAY, "the gateway ends the session by itself")
        .evidence("silence, with each ping answered", "close " + reason)
        .advise("read the gateway's log: close code " + reason);
  }

  private Diagnosis cut(Duration silence) {
    Deadline together = Deadline.in(TOGETHER);
    while (!together.isOver() && isCut(silent) != isCut(talking)) {
      look();
    }
    if (direct.filter(Holding::isCut).isPresent()) {
      return Diagnosis.of(
              "gateway_down", Hop.GATEWAY, "the gateway itself ended, or cuts its connections")
          .evidence("a tunnel past every proxy", "cut")
          .advise("look at the gateway's log");
    }
    return isCut(silent) && !isCut(talking) ? idleCut(silence) : workersEnded();
  }

  private Diagnosis idleCut(Duration silence) {
    long seconds = Math.round(silence.toMillis() / 1000.0);
    boolean ours = evidence.handshake().route().isPresent();
    return Diagnosis.of(
            "idle_cut",
            Hop.NGINX,
            "%s ends a WebSocket after %d s of silence, without a word"
                .formatted(ours ? "a proxy before this nginx" : "nginx", seconds))
        .evidence(
            "nothing, after the handshake",
            "cut after %d s; one that talks stays open".formatted(seconds))
        .mendedBy(Mending.inLocation(evidence, Lines.READ_TIMEOUT))
        .advise(
            "where it stands there already, another proxy on the way needs it; or let the gateway's --heartbeat be less than half of that time");
  }

  private Diagnosis workersEnded() {
    return Diagnosis.of(
            "workers_shut_down",
            Hop.NGINX,
            "nginx ended tunnels that were in use, as old workers do after a reload")
        .evidence("something four times a second", "cut, together with the silent one")
        .mendedBy(
            List.of(
                new Edit(
                    Edit.Place.MAIN,
                    Mending.path(evidence),
                    List.of("worker_shutdown_timeout 86400s;"))))
        .advise("reload less often; clients come back by themselves, spread over time");
  }

  private static boolean isCut(Tunnel tunnel) {
    return tunnel.state() == Tunnel.State.CUT;
  }
}
