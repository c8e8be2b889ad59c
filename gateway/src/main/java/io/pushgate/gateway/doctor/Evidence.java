package io.pushgate.gateway.doctor;

import io.pushgate.gateway.doctor.probe.Answer;
import io.pushgate.gateway.doctor.probe.Ask;
import io.pushgate.gateway.doctor.probe.Exchange;
import io.pushgate.gateway.doctor.probe.Presented;
import io.pushgate.gateway.doctor.probe.SiteUrl;
import io.pushgate.gateway.doctor.probe.Witness;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a site, each piece gathered when a rule first asks for it. So the order of the
 * rules is that of the probes, and no probe goes out behind the first broken hop. One thread.
 */
final class Evidence {
  /** A handshake is answered in a blink, or by nobody; nginx waits for a dead upstream longer. */
  private static final Duration DIRECT_PATIENCE = Duration.ofSeconds(5);

  final Plan plan;
  final Exchange exchange;
  final PublicSide site;
  final Findings findings = new Findings();

  private final Lazy<InetAddress[]> addresses = new Lazy<>(this::resolve);
  private final Lazy<Map<InetAddress, Answer>> roots = new Lazy<>(this::askEachAddress);
  private final Lazy<Optional<Answer>> direct = new Lazy<>(this::askDirect);
  private final Lazy<Answer> handshake = new Lazy<>(this::shakeHands);
  private final Lazy<Sighting> sighting = new Lazy<>(this::askWitnesses);
  private final Lazy<Optional<Presented>> certificate = new Lazy<>(this::lookAtCertificate);

  Evidence(Plan plan, Exchange exchange) {
    this.plan = plan;
    this.exchange = exchange;
    this.site = new PublicSide(this);
  }

  /** The addresses of the site's host; none where it has none. */
  List<InetAddress> addresses() {
    return List.of(addresses.get());
  }

  /** What a plain GET of the site's own "/" gets, at each of its addresses. */
  Map<InetAddress, Answer> roots() {
    return roots.get();
  }

  /** The address that all else is sent to: the first that takes a connection. */
  Optional<InetSocketAddress> address() {
    return roots().entrySet().stream()
        .filter(entry -> entry.getValue().outcome() != Answer.Outcome.REFUSED)
        .filter(entry -> entry.getValue().outcome() != Answer.Outcome.UNREACHED)
        .map(entry -> new InetSocketAddress(entry.getKey(), plan.site().port()))
        .findFirst();
  }

  /** What the site's "/" answered at that address. */
  Answer root() {
    return Objects.requireNonNull(roots().get(address().orElseThrow().getAddress()));
  }

  /** What the gateway itself answers to a handshake; empty where it was not named. */
  Optional<Answer> direct() {
    return direct.get();
  }

  /** What the site answers to a browser's handshake. */
  Answer handshake() {
    return handshake.get();
  }

  /** The same request as the gateway saw it. */
  Sighting sighting() {
    return sighting.get();
  }

  /** Where nginx is to find the gateway, as far as that is known or nginx itself gives it away. */
  String gatewayAddress() {
    return plan.direct()
        .map(url -> url.host() + ":" + url.port())
        .or(this::addressInHost)
        .orElse("127.0.0.1:8000");
  }

  /** Untold what to say, nginx writes into {@code Host} where it passes a request to. */
  private Optional<String> addressInHost() {
    return wasTried()
        ? sighting()
            .arrival()
            .flatMap(arrival -> arrival.header("Host"))
            .filter(host -> host.matches("[0-9.]+:[0-9]+"))
            .filter(host -> !host.equals(plan.site().authority()))
        : Optional.empty();
  }

  /** The certificate that the site shows, believed or not. */
  Optional<Presented> certificate() {
    return certificate.get();
  }

  boolean wasAskedDirectly() {
    return direct.isKnown();
  }

  boolean wasResolved() {
    return addresses.isKnown();
  }

  boolean wasReached() {
    return roots.isKnown() && address().isPresent();
  }

  boolean wasTried() {
    return handshake.isKnown();
  }

  /** Ends the tunnel that the handshake opened. */
  void hangUp() {
    if (wasTried()) {
      handshake().close();
    }
  }

  /** Whether the site is the gateway itself, without any proxy. */
  boolean isGatewayItself() {
    return plan.direct()
        .map(url -> new InetSocketAddress(url.address(), url.port()))
        .filter(gateway -> address().filter(gateway::equals).isPresent())
        .isPresent();
  }

  /** Whether a handshake came through to the gateway and is good, but for a token not given. */
  boolean isGood(Answer answer) {
    return answer.switched() || wantsToken(answer);
  }

  /** Whether the same handshake, sent once more, comes through. */
  boolean opensAgain() {
    return isGood(site.sendPatiently(site.handshakeOf(plan.user())));
  }

  /** Whether the gateway refuses for the one reason that no token was sent. */
  boolean wantsToken(Answer answer) {
    return answer.code().equals("unauthorized")
        && !site.sendsToken()
        && !answer.body().contains("--token-keys");
  }

  /** Where the gateway can be asked how a request arrived, the surer place first. */
  List<Witness> witnesses() {
    List<Witness> witnesses = new ArrayList<>();
    plan.direct()
        .map(url -> new Witness(exchange, url, addressOf(url), true))
        .ifPresent(witnesses::add);
    address().map(at -> new Witness(exchange, plan.site(), at, false)).ifPresent(witnesses::add);
    return witnesses;
  }

  private InetAddress[] resolve() {
    if (plan.hostAddress().isPresent()) {
      return new InetAddress[] {plan.hostAddress().get()};
    }
    try {
      return InetAddress.getAllByName(plan.site().address());
    } catch (UnknownHostException unknown) {
      return new InetAddress[0];
    }
  }

  private Map<InetAddress, Answer> askEachAddress() {
    Map<InetAddress, Answer> answers = new LinkedHashMap<>();
    for (InetAddress each : addresses()) {
      Ask ask = Ask.get(plan.site(), "/");
      answers.put(
          each,
          exchange.send(
              ask, new InetSocketAddress(each, plan.site().port()), PublicSide.ROOT_PATIENCE));
    }
    return answers;
  }

  private Optional<Answer> askDirect() {
    return plan.direct()
        .map(
            url -> {
              Ask ask = Ask.handshake(url, url.path("ws", plan.user()), Optional.empty());
              InetSocketAddress at = addressOf(url);
              Answer answer =
                  at.isUnresolved()
                      ? unresolved(ask)
                      : exchange.send(
                          ask.withToken(PublicSide.tokenFor(plan, url, at)), at, DIRECT_PATIENCE);
              answer.close();
              return answer;
            });
  }

  private static Answer unresolved(Ask ask) {
    return new Answer(
        ask, Answer.Outcome.UNREACHED, "its host is not known", 0, Map.of(), "", null, 0);
  }

  private Answer shakeHands() {
    return site.handshake(plan.user(), PublicSide.HANDSHAKE_PATIENCE);
  }

  private Sighting askWitnesses() {
    return site.sighting(handshake());
  }

  private Optional<Presented> lookAtCertificate() {
    return address().flatMap(at -> Presented.by(plan.site(), at, PublicSide.aMoment()));
  }

  private static InetSocketAddress addressOf(SiteUrl url) {
    return new InetSocketAddress(url.address(), url.port());
  }
}
