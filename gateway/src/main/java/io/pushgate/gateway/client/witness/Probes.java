package io.pushgate.gateway.client.witness;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.NetUtil;
import io.pushgate.gateway.http.Forwarded;
import io.pushgate.gateway.http.Network;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * How the requests that carried {@code X-Pushgate-Probe} arrived, for a minute each: 256 in all, 16
 * of one client, the oldest make room. Any thread.
 */
public final class Probes {
  public static final String HEADER = "x-pushgate-probe";

  private static final int MAX_RECORDS = 256;
  private static final int MAX_RECORDS_OF_ONE = 16;
  private static final long KEPT_MILLIS = TimeUnit.MINUTES.toMillis(1);
  private static final Pattern NONCE = Pattern.compile("[0-9A-Fa-f]{32}");

  private final LongSupplier wallMillis;
  private final Deque<Probe> probes = new ArrayDeque<>();

  private record Probe(String nonce, Network client, Arrival arrival) {}

  /** Takes the clock, in the manner of {@link System#currentTimeMillis()}. */
  public Probes(LongSupplier wallMillis) {
    this.wallMillis = wallMillis;
  }

  /** Records a request that carries a nonce; others leave nothing behind. */
  public void record(HttpRequest request, Forwarded forwarded, InetAddress peer) {
    HttpHeaders headers = request.headers();
    String nonce = headers.get(HEADER, "");
    if (NONCE.matcher(nonce).matches()) {
      long now = wallMillis.getAsLong();
      Arrival arrival = Arrival.of(request, now, NetUtil.toAddressString(peer));
      add(new Probe(fold(nonce), Network.of(forwarded.client()), arrival));
    }
  }

  /** The arrivals of a nonce, oldest first; empty where there are none, or it is no nonce. */
  public synchronized List<Arrival> of(String nonce) {
    dropOld();
    String folded = fold(nonce);
    return probes.stream()
        .filter(probe -> probe.nonce().equals(folded))
        .map(Probe::arrival)
        .toList();
  }

  /** How many are remembered. */
  public synchronized int size() {
    return probes.size();
  }

  private synchronized void add(Probe probe) {
    dropOld();
    long ofOne = probes.stream().filter(other -> other.client().equals(probe.client())).count();
    if (ofOne >= MAX_RECORDS_OF_ONE) {
      dropFirstOf(probe.client());
    } else if (probes.size() >= MAX_RECORDS) {
      probes.removeFirst();
    }
    probes.addLast(probe);
  }

  private void dropFirstOf(Network client) {
    Iterator<Probe> oldestFirst = probes.iterator();
    while (oldestFirst.hasNext()) {
      if (oldestFirst.next().client().equals(client)) {
        oldestFirst.remove();
        return;
      }
    }
  }

  private void dropOld() {
    long since = wallMillis.getAsLong() - KEPT_MILLIS;
    while (!probes.isEmpty() && probes.getFirst().arrival().ts() < since) {
      probes.removeFirst();
    }
  }

  private static String fold(String nonce) {
    return nonce.toLowerCase(Locale.ROOT);
  }
}
