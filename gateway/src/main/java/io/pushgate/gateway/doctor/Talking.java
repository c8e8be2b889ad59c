package io.pushgate.gateway.doctor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.pushgate.gateway.doctor.probe.Deadline;
import io.pushgate.gateway.doctor.probe.Tunnel;
import io.pushgate.gateway.http.PercentText;
import io.pushgate.gateway.nginx.Lines;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.JsonLines;
import io.pushgate.protocol.ingress.Ref;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Whether words pass the open tunnel, both ways, and pushes. One thread. */
final class Talking {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Talking() {}

  /** The gateway greets, and answers a word. */
  static Optional<Diagnosis> passes(Evidence evidence) {
    Tunnel tunnel = evidence.handshake().tunnel();
    if (tunnel == null) {
      return Optional.empty();
    }
    Optional<String> welcome = tunnel.await("\"welcome\"", PATIENCE);
    welcome.ifPresent(evidence.findings::welcomed);
    tunnel.send("ping");
    boolean echoed = welcome.isPresent() && tunnel.await("pong", PATIENCE).isPresent();
    return echoed
        ? Optional.empty()
        : Optional.of(
            Diagnosis.of(
                    "tunnel_stuck",
                    Hop.TUNNEL,
                    "the WebSocket opens, and what is sent does not pass it")
                .evidence(
                    welcome.isEmpty() ? "nothing: the gateway speaks first" : "ping",
                    tunnel.state() == Tunnel.State.OPEN
                        ? "nothing in 5 s"
                        : "the end of the connection")
                .mendedBy(Mending.inLocation(evidence, "proxy_buffering off;"))
                .advise("look for a proxy before this one that collects what it passes on"));
  }

  /** A push that is handed in arrives. */
  static Optional<Diagnosis> push(Evidence evidence) {
    Tunnel tunnel = evidence.handshake().tunnel();
    if (tunnel == null || evidence.plan.ingress().isEmpty()) {
      return Optional.empty();
    }
    String id = "doctor-" + UUID.randomUUID();
    String answer = handIn(evidence, id);
    if (!answer.contains("\"ack\"")) {
      return Optional.of(
          Diagnosis.of("push_refused", Hop.GATEWAY, "the ingress port does not take a push")
              .evidence("a push for " + evidence.plan.user(), answer)
              .advise("see --ingress and --secret-file, and the gateway's log"));
    }
    if (tunnel.await(id, PATIENCE).isPresent()) {
      evidence.findings.pushed();
      return Optional.empty();
    }
    if (tunnel.state() != Tunnel.State.OPEN) {
      return Optional.empty(); // What ends tunnels is found out by holding some.
    }
    return Optional.of(
        Diagnosis.of(
                "push_lost",
                Hop.TUNNEL,
                "a push was taken and did not arrive: the site leads to another gateway than the one that took it")
            .evidence(
                "a push to " + evidence.plan.ingress().get(), "acked, but not in the tunnel in 5 s")
            .mendedBy(Mending.inLocation(evidence, Lines.proxyPass(evidence.gatewayAddress()))));
  }

  /** Not held: it is for the doctor alone. */
  private static String handIn(Evidence evidence, String id) {
    Plan.Ingress ingress = evidence.plan.ingress().orElseThrow();
    String user = PercentText.decode(evidence.plan.user()).orElse(evidence.plan.user());
    ByteBuf lines = Unpooled.buffer();
    ingress
        .secret()
        .ifPresent(
            secret ->
                JsonLines.writeRequest(
                    new Envelope(Ref.NONE, new IngressRequest.Hello(secret, null, null)), lines));
    JsonLines.writeRequest(
        new Envelope(
            Ref.NONE,
            new IngressRequest.Push(
                new Audience.One(UserId.of(user)),
                id,
                "pushgate.doctor",
                Payload.of("true"),
                0,
                null,
                false)),
        lines);
    Deadline deadline = Deadline.in(PATIENCE);
    try (Socket socket = new Socket()) {
      socket.connect(ingress.address(), deadline.millisLeft());
      socket.setSoTimeout(deadline.millisLeft());
      socket.getOutputStream().write(ByteBufUtil.getBytes(lines));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String line = in.readLine();
      return line != null && line.contains("\"ok\"")
          ? String.valueOf(in.readLine())
          : String.valueOf(line);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
