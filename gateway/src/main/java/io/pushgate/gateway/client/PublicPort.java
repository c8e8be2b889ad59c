package io.pushgate.gateway.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.FullHttpResponse;
import io.pushgate.gateway.client.StaticFiles.StaticFile;
import io.pushgate.gateway.client.witness.Attempts;
import io.pushgate.gateway.client.witness.Probes;
import io.pushgate.gateway.client.witness.Proxies;
import io.pushgate.gateway.client.witness.RefusalLog;
import io.pushgate.gateway.config.PublicConfig;
import io.pushgate.gateway.http.Problem;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.routing.Router;
import io.pushgate.gateway.transport.Transport;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public port: what its connections share, and the pipeline that each of them gets. Any thread.
 */
public final class PublicPort {
  private static final Logger log = LoggerFactory.getLogger(PublicPort.class);

  private final PublicConfig config;
  private final Access access;
  private final StaticFiles files;
  private final Admission admission;
  private final Gate gate;
  private final Answers answers;
  private final Refusals refusals;
  private final SessionOpener sessions;
  private final PostedAcks postedAcks;
  private final Probes probes = new Probes(System::currentTimeMillis);
  private final RefusalLog refusalLog = new RefusalLog(System::currentTimeMillis, log::warn);
  private final Proxies proxies;

  /**
   * Wires the port.
   *
   * @param node names this gateway in every answer, as {@code X-Pushgate-Gateway}
   */
  public PublicPort(
      Access access,
      Transport transport,
      Router router,
      Metrics metrics,
      StaticFiles files,
      String node) {
    this.access = access;
    this.config = access.config();
    this.files = files;
    AllowedPage allowedPage = new AllowedPage(config);
    this.admission = new Admission(config, metrics);
    this.gate = new Gate(allowedPage, new AllowedClient(config));
    this.answers = new Answers(node, allowedPage);
    Attempts attempts = new Attempts(System::nanoTime);
    this.refusals = new Refusals(attempts, refusalLog, metrics);
    this.proxies = new Proxies(System::nanoTime, metrics, log::warn);
    this.sessions = new SessionOpener(transport, router, answers, refusals, proxies);
    this.postedAcks = new PostedAcks(router);
    metrics.memory().watchTable("attempts", attempts::size);
    metrics.memory().watchTable("probes", probes::size);
    metrics.memory().watchTable("refusals", refusalLog::size);
    metrics.memory().watchTable("proxies", proxies::size);
  }

  /** The pipeline of a new connection. */
  public ChannelInitializer<Channel> pipeline() {
    return new PublicInitializer(this);
  }

  /** From now on requests are refused with {@code draining}; sessions are not touched. */
  public void drain() {
    admission.drain();
  }

  /** While buffers take too much, sessions are refused with {@code overloaded}. */
  public void overloaded(boolean now) {
    admission.overloaded(now);
  }

  /** Why requests were refused, or are suspect, the newest cause first. */
  public List<RefusalLog.Series> refusedLately() {
    return refusalLog.newestFirst();
  }

  /** Looks at what came together lately, called every second or so: one timer for all of it. */
  public void sweep() {
    refusalLog.endMinute();
    proxies.judge();
  }

  PublicConfig config() {
    return config;
  }

  Access access() {
    return access;
  }

  StaticFiles files() {
    return files;
  }

  StaticFile file(Route route) {
    return files.find(route.segment()).orElseThrow();
  }

  Admission admission() {
    return admission;
  }

  Gate gate() {
    return gate;
  }

  Answers answers() {
    return answers;
  }

  SessionOpener sessions() {
    return sessions;
  }

  PostedAcks postedAcks() {
    return postedAcks;
  }

  Probes probes() {
    return probes;
  }

  /** The whole answer to a request that is refused; the request is empty where it was none. */
  FullHttpResponse refusal(Problem problem, InetAddress peer, Optional<PublicRequest> request) {
    Problem told =
        request
            .map(refused -> refusals.tell(problem, refused))
            .orElseGet(() -> refusals.tell(problem, peer));
    FullHttpResponse answer = told.response();
    answers.dress(answer, request);
    return answer;
  }
}
