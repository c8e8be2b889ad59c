package io.pushgate.bench.fault;

import io.pushgate.bench.fault.Conduct.Leaving;
import io.pushgate.bench.fault.Conduct.Port;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All faults, in the order in which they are run: those of a stage together. Any thread. */
public final class Catalog {
  private static final Duration SHORT = Duration.ofSeconds(3);

  /** For a deadline of four seconds, and what a loaded machine is late by. */
  private static final Duration DEADLINE = Duration.ofSeconds(9);

  /** For two and a half heartbeats of three seconds behind what fills the sockets. */
  private static final Duration HEARTBEATS = Duration.ofSeconds(14);

  private static final long HANDSHAKE_MILLIS = 4_000;
  private static final long PATIENT_MILLIS = 120_000;
  private static final long UNFINISHED_MILLIS = 60_000;
  private static final int MISSED = 4408;
  private static final int TOO_MANY_FRAMES = 4429;
  private static final int STALLED = 50;
  private static final int RESETTING = 100;
  private static final int BIG = 16 << 10;
  private static final int SILENT = 10_000;

  private Catalog() {}

  public static List<Fault> all() {
    List<Fault> all = new ArrayList<>();
    all.addAll(slow());
    all.addAll(unread());
    all.addAll(rude());
    all.addAll(dying());
    all.addAll(HeapPressure.faults());
    return List.copyOf(all);
  }

  private static Fault plain(String name, String words, Duration least, Deed deed) {
    return new Fault(name, words, Stage.PLAIN, least, deed);
  }

  /** Fewer, where each of them comes again several times a second. */
  private static Deed few(Conduct conduct, Demand demand) {
    return new CrowdDeed(List.of(new CrowdDeed.Part(conduct, RESETTING)), demand);
  }

  private static Fault beats(String name, String words, Deed deed) {
    return new Fault(name, words, Stage.HEARTBEAT, HEARTBEATS, deed);
  }

  private static Conduct drip(Port port, byte[] opening, byte[] rest) {
    return Conduct.silent(port, number -> opening).sending(rest, 1);
  }

  /** Slow ones, which say what they say byte by byte. */
  private static List<Fault> slow() {
    Demand ended = Demand.endedWithin(HANDSHAKE_MILLIS);
    // Its bytes arrive, so no heartbeat is missed.
    Demand welcomed = Demand.letBe(Port.CLIENT).and(Demand.allTold());
    Demand unfinished = Demand.letBe(Port.INGRESS, UNFINISHED_MILLIS, UNFINISHED_MILLIS);
    Conduct nobody = Conduct.silent(Port.CLIENT, Words.NOTHING);
    Conduct line = drip(Port.CLIENT, new byte[0], Words.requestLine());
    Conduct headers = drip(Port.CLIENT, Words.startOfHeaders(), Words.headers());
    Conduct body = drip(Port.CLIENT, Words.startOfBody(), Words.ascii("x"));
    Conduct frame =
        Conduct.silent(Port.CLIENT, Words::webSocket)
            .sending(Words.frame("{\"op\":\"ping\",\"pad\":\"%s\"}".formatted("x".repeat(900))), 1);
    Conduct nothingSaid = Conduct.silent(Port.INGRESS, Words.NOTHING);
    Conduct ingressLine = drip(Port.INGRESS, Words.ascii("{\"op\":\"pu"), Words.ascii("x"));
    Conduct ingressFrame = drip(Port.INGRESS, Words.startOfBinaryFrame(), Words.ascii("x"));
    return List.of(
        plain("no-byte", "connects and says nothing", DEADLINE, CrowdDeed.of(nobody, ended)),
        plain("slow-line", "request line byte by byte", DEADLINE, CrowdDeed.of(line, ended)),
        plain("slow-headers", "headers byte by byte", DEADLINE, CrowdDeed.of(headers, ended)),
        plain("slow-body", "a body byte by byte", DEADLINE, CrowdDeed.of(body, ended)),
        plain("slow-frame", "a WebSocket frame byte by byte", SHORT, CrowdDeed.of(frame, welcomed)),
        plain(
            "ingress-no-byte",
            "connects to ingress and says nothing",
            DEADLINE,
            CrowdDeed.of(nothingSaid, ended)),
        plain(
            "ingress-slow-line",
            "a publisher's line byte by byte",
            SHORT,
            CrowdDeed.of(ingressLine, unfinished)),
        plain(
            "ingress-slow-frame",
            "a publisher's frame byte by byte",
            SHORT,
            CrowdDeed.of(ingressFrame, unfinished)));
  }

  /** Ones that never read, while there is something to read. */
  private static List<Fault> unread() {
    Conduct socket = Conduct.silent(Port.CLIENT, Words::webSocket).reading(0);
    Conduct stream = Conduct.silent(Port.CLIENT, Words::eventStream).reading(0);
    byte[] push = Words.push(STALLED, BIG);
    Conduct feeder = Conduct.silent(Port.INGRESS, Words.NOTHING).sending(push, push.length);
    byte[] small = Words.push(1, 10);
    Conduct deaf =
        Conduct.silent(Port.INGRESS, Words.NOTHING).sending(small, 20 * small.length).reading(0);
    Demand closed = Demand.closedWith(MISSED, STALLED);
    return List.of(
        beats(
            "stalled-sockets",
            "WebSockets that never read big pushes",
            new CrowdDeed(List.of(new CrowdDeed.Part(socket, STALLED)), closed).beside(feeder, 1)),
        beats(
            "stalled-streams",
            "event streams that never read big pushes",
            new CrowdDeed(List.of(new CrowdDeed.Part(stream, STALLED)), closed).beside(feeder, 1)),
        plain(
            "deaf-publishers",
            "publishers that never read their answers",
            SHORT,
            new CrowdDeed(List.of(new CrowdDeed.Part(deaf, STALLED)), Demand.letBe(Port.INGRESS))));
  }

  /** Ones that say too much, or nonsense, or go in the middle of it. */
  private static List<Fault> rude() {
    Conduct reset =
        Conduct.silent(Port.CLIENT, number -> withHalfAFrame(Words.webSocket(number)))
            .leaving(Leaving.RESET);
    Conduct ingressReset =
        Conduct.silent(Port.INGRESS, number -> Words.startOfBinaryFrame()).leaving(Leaving.RESET);
    byte[] ping = Words.frame("{\"op\":\"ping\"}");
    Conduct flood = Conduct.silent(Port.CLIENT, Words::webSocket).sending(ping, 100 * ping.length);
    Conduct nonsense = Conduct.silent(Port.INGRESS, Words::garbage).sending(Words.garbage(0), 100);
    Conduct noHttp = Conduct.silent(Port.CLIENT, Words::garbage).sending(Words.garbage(4), 100);
    return List.of(
        plain("reset-in-frame", "resets in mid-frame", SHORT, few(reset, Demand.visiting())),
        plain(
            "ingress-reset",
            "publishers that reset in mid-frame",
            SHORT,
            few(ingressReset, Demand.visiting())),
        plain(
            "frame-flood",
            "sessions above the frame rate",
            DEADLINE,
            new CrowdDeed(
                List.of(new CrowdDeed.Part(flood, STALLED)),
                Demand.closedWith(TOO_MANY_FRAMES, STALLED))),
        plain(
            "garbage",
            "nonsense at the public port",
            SHORT,
            new CrowdDeed(List.of(new CrowdDeed.Part(noHttp, STALLED)), Demand.answered())),
        plain(
            "ingress-garbage",
            "nonsense at the ingress port",
            SHORT,
            new CrowdDeed(List.of(new CrowdDeed.Part(nonsense, STALLED)), Demand.answered())));
  }

  private static byte[] withHalfAFrame(byte[] handshake) {
    byte[] frame = Words.frame("{\"op\":\"ping\"}");
    byte[] both = Arrays.copyOf(handshake, handshake.length + frame.length / 2);
    System.arraycopy(frame, 0, both, handshake.length, frame.length / 2);
    return both;
  }

  /** What happens to the gateway itself, its machine and its proxy. */
  private static List<Fault> dying() {
    Conduct nobody = Conduct.silent(Port.CLIENT, Words.NOTHING);
    Demand patient = Demand.letBe(Port.CLIENT, PATIENT_MILLIS, PATIENT_MILLIS);
    return List.of(
        beats("stopped-peers", "peers whose process stands still", new FrozenPeers(false)),
        new Fault(
            "stopped-gateway",
            "the gateway itself stands still",
            Stage.HEARTBEAT,
            SHORT,
            new StoppedGateway()),
        new Fault(
            "ten-thousand",
            "10,000 connections that say nothing",
            Stage.PATIENT,
            Duration.ofSeconds(8),
            new CrowdDeed(List.of(new CrowdDeed.Part(nobody, SILENT)), patient)),
        new Fault(
            "vanished-peers",
            "peers whose network went, without a FIN",
            Stage.NETWORK,
            HEARTBEATS,
            new FrozenPeers(true)),
        new Fault("clock", "the clock jumps by hours", Stage.CLOCK, SHORT, new SetClock()),
        new Fault(
            "descriptors", "no descriptor is left", Stage.DESCRIPTORS, SHORT, new NoDescriptors()),
        new Fault("proxy-reload", "nginx is reloaded", Stage.PROXY, SHORT, new ProxyTrouble(false)),
        new Fault("proxy-kill", "nginx is killed", Stage.PROXY, SHORT, new ProxyTrouble(true)));
  }
}
