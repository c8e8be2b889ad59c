package io.pushgate.gateway.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.util.concurrent.EventExecutor;
import io.pushgate.protocol.CloseCode;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.ReceiptEvent;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * All meters of one gateway, named here and nowhere else, by Prometheus' conventions and without a
 * user's name in any label. Methods are named by the event they count. Any thread.
 */
public final class Metrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmMeters jvm = new JvmMeters(registry);
  private final TokenMeters tokens = new TokenMeters(registry);
  private final IngressMeters ingress = new IngressMeters(registry);
  private final MemoryMeters memory = new MemoryMeters(registry);
  private final JournalMeters journals = new JournalMeters(registry);
  private final LoopMeters loops = new LoopMeters(registry);

  private final LabelledCounter accepted =
      labelled("pushgate_connections_accepted_total", "Connections accepted.", "port");
  private final LabelledCounter closed =
      labelled("pushgate_connections_closed_total", "Accepted connections that ended.", "port");
  private final PortCounter received =
      traffic(
          "pushgate_received_bytes_total",
          "Bytes read from peers; of the public port, by sessions.");
  private final PortCounter sent =
      traffic(
          "pushgate_sent_bytes_total", "Bytes written to peers; on the public port, by sessions.");
  private final LabelledCounter forms =
      labelled("pushgate_publishers_total", "Ingress connections, by what they speak.", "form");
  private final LabelledCounter requests =
      labelled("pushgate_publisher_requests_total", "Requests of publishers.", "op");
  private final LabelledCounter refusals =
      labelled("pushgate_publisher_refusals_total", "HTTP requests of publishers refused.", "code");
  private final LabelledCounter malformed =
      labelled("pushgate_malformed_frames_total", "Frames and lines that were none.", "port");
  private final LabelledCounter limits =
      labelled("pushgate_limit_hits_total", "How often a limit was hit.", "limit");

  private final LabelledCounter handshakes =
      labelled("pushgate_handshakes_total", "Handshakes of the public port.", "outcome");
  private final LabelledCounter refused =
      labelled("pushgate_refusals_total", "Refused or suspect on the public port.", "cause");
  private final LabelledCounter cuts =
      labelled("pushgate_cuts_total", "WebSockets that a proxy ended without a word.", "kind");
  private final LabelledCounter pushes =
      labelled("pushgate_pushes_total", "Pushes and recalls answered.", "outcome");
  private final LabelledCounter receipts =
      labelled("pushgate_receipts_total", "Receipts written to publishers, repeats too.", "event");
  private final LongAdder receiptGaps =
      counter("pushgate_receipt_gaps_total", "Publishers told that receipts are missing.");
  private final LabelledCounter closes =
      labelled("pushgate_sessions_closed_total", "Sessions that ended, by close code.", "code");

  private final LongAdder acked = pushes.of("acked");
  private final LongAdder delivered =
      counter("pushgate_deliveries_total", "Notifications written to sessions, replays too.");
  private final LongAdder deliveredBytes =
      counter("pushgate_delivered_bytes_total", "Bytes of frames written to sessions.");
  private final LongAdder acknowledgements =
      counter("pushgate_acknowledgements_total", "Acknowledgements taken from clients.");
  private final LongAdder gaps =
      counter("pushgate_gaps_total", "Sessions told that something is missing.");
  private final LongAdder pauses =
      counter("pushgate_session_pauses_total", "Times that a session's socket took no more.");
  private final LongAdder heartbeatsMissed =
      counter("pushgate_heartbeats_missed_total", "Sessions closed since they were silent.");

  /** Registers every meter whose labels are known, so that a scrape shows it from the start. */
  public Metrics() {
    for (Port port : Port.values()) {
      LongAdder begun = accepted.of(port.label());
      LongAdder ended = closed.of(port.label());
      Gauge.builder("pushgate_connections", () -> begun.sum() - ended.sum())
          .description("Connections that are open.")
          .tag("port", port.label())
          .register(registry);
    }
    for (Port port : List.of(Port.PUBLIC, Port.INGRESS)) {
      malformed.of(port.label());
    }
    handshakes.of("accepted");
    Stream.of("silence", "burst", "other").forEach(cuts::of);
    for (NackCode code : NackCode.values()) {
      pushes.of(code.wire());
    }
    for (ReceiptEvent event : ReceiptEvent.values()) {
      receipts.of(event.wire());
    }
    for (CloseCode code : CloseCode.values()) {
      closes.of(Integer.toString(code.code()));
    }
  }

  /** A connection was accepted; its end is told by {@link #connectionClosed}. */
  public void connectionAccepted(Port port) {
    accepted.increment(port.label());
  }

  /** An accepted connection ended, whoever ended it. */
  public void connectionClosed(Port port) {
    closed.increment(port.label());
  }

  /** Bytes were read from a peer; of the public port, from a session alone. */
  public void received(Port port, long bytes) {
    received.at(port).add(bytes);
  }

  /** Bytes were written to a peer; on the public port, to a session alone. */
  public void sent(Port port, long bytes) {
    sent.at(port).add(bytes);
  }

  /** An ingress connection showed its form: {@code json}, {@code binary} or {@code http}. */
  public void publisherSpeaks(String form) {
    forms.increment(form);
  }

  /** Publishers asked for this operation, this often. */
  public void publisherAsked(String op, long times) {
    requests.of(op).add(times);
  }

  /** An HTTP request of a publisher was refused as a whole, with this problem's code. */
  public void publisherRefused(String code) {
    refusals.increment(code);
  }

  /** A peer sent something that is no frame, no line, no known operation. */
  public void malformedFrame(Port port) {
    malformed.increment(port.label());
  }

  /** A limit was hit; named as its option, or as the error code where it has none. */
  public void limitHit(String limit) {
    limits.increment(limit);
  }

  /** A handshake ended: {@code accepted}, or the code of the problem that refused it. */
  public void handshake(String outcome) {
    handshakes.increment(outcome);
  }

  /** Requests were refused for this cause, or are suspect; 0 shows a cause before the first. */
  public void refused(String cause, long times) {
    refused.of(cause).add(times);
  }

  /** Proxied WebSockets ended without a word: after {@code silence}, in a {@code burst}, … */
  public void cut(String kind, long times) {
    cuts.of(kind).add(times);
  }

  /** A push was acked. */
  public void pushAcked() {
    acked.increment();
  }

  /** A push was nacked. */
  public void pushNacked(NackCode code) {
    pushes.increment(code.wire());
  }

  /** A receipt was written to a publisher. */
  public void receiptTold(ReceiptEvent event) {
    receipts.increment(event.wire());
  }

  /** A publisher was told that receipts are missing. */
  public void receiptGapTold() {
    receiptGaps.increment();
  }

  /** A session wrote this many notifications, in this many bytes of frames. */
  public void delivered(long notifications, long bytes) {
    delivered.add(notifications);
    deliveredBytes.add(bytes);
  }

  /** A client acknowledged a position. */
  public void acknowledged() {
    acknowledgements.increment();
  }

  /** A session was told of a gap. */
  public void gapTold() {
    gaps.increment();
  }

  /** A session's socket took no more, so the session waits for it. */
  public void sessionPaused() {
    pauses.increment();
  }

  /** A session was silent for two and a half heartbeats. */
  public void heartbeatMissed() {
    heartbeatsMissed.increment();
  }

  /** A session ended with this code. */
  public void sessionClosed(CloseCode code) {
    closes.increment(Integer.toString(code.code()));
  }

  /** Shows the live sessions of one transport ({@code websocket}, {@code sse}). */
  public void watchSessions(String transport, LongSupplier sessions) {
    Gauge.builder("pushgate_sessions", sessions::getAsLong)
        .description("Sessions that are live.")
        .tag("transport", transport)
        .register(registry);
  }

  /** Shows how many users have a session on this node. */
  public void watchUsers(LongSupplier users) {
    gauge("pushgate_users", "Users with a live session.", users);
  }

  /** The journals and their store. */
  public JournalMeters journals() {
    return journals;
  }

  /** What became of clients' tokens. */
  public TokenMeters tokens() {
    return tokens;
  }

  /** Who was let in on the ingress port, and its certificate. */
  public IngressMeters ingress() {
    return ingress;
  }

  /** What became of the notifications that the gateway pushes to itself; shown from here on. */
  public CanaryMeters canaries() {
    return new CanaryMeters(registry);
  }

  /** What is held in memory. */
  public MemoryMeters memory() {
    return memory;
  }

  /** Starts a probe on each loop. The probes end with their loops. */
  public void watchLoops(Iterable<? extends EventExecutor> executors) {
    loops.watch(executors);
  }

  /** Writes all meters in Prometheus' text format 0.0.4. Not on an event loop: it takes a while. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    jvm.close();
    registry.close();
  }

  private void gauge(String name, String help, LongSupplier value) {
    Gauge.builder(name, value::getAsLong).description(help).register(registry);
  }

  private LongAdder counter(String name, String help) {
    LongAdder count = new LongAdder();
    FunctionCounter.builder(name, count, LongAdder::sum).description(help).register(registry);
    return count;
  }

  private PortCounter traffic(String name, String help) {
    return PortCounter.of(labelled(name, help, "port"));
  }

  private LabelledCounter labelled(String name, String help, String label) {
    return new LabelledCounter(registry, name, help, label);
  }
}
