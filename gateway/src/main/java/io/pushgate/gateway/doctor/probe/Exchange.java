package io.pushgate.gateway.doctor.probe;

import io.pushgate.gateway.doctor.probe.Answer.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Sends a request over a connection of its own and tells what became of it. Any thread. */
public final class Exchange {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final Trust trust;

  public Exchange(Trust trust) {
    this.trust = trust;
  }

  /** Waits for the head of the answer so long, then for its body as long again at most. */
  public Answer send(Ask ask, InetSocketAddress address, Duration patience) {
    return send(ask, address, patience, new byte[0]);
  }

  /** The same with bytes in front of the request, as a load balancer writes them. */
  public Answer send(Ask ask, InetSocketAddress address, Duration patience, byte[] preface) {
    long start = System.nanoTime();
    Link link;
    try {
      link = Link.open(ask.site(), address, trust, Deadline.in(CONNECT));
    } catch (IOException e) {
      return Answer.failed(ask, outcomeOf(e), wordsOf(e), millisSince(start));
    }
    boolean kept = false;
    try {
      link.write(preface);
      link.write(ask.bytes());
      Answer answer = read(ask, link, patience, start);
      kept = answer.tunnel() != null;
      return answer;
    } catch (SocketTimeoutException late) {
      return Answer.failed(
          ask, Outcome.SILENT, "no answer in " + patience.toSeconds() + " s", millisSince(start));
    } catch (IOException cut) {
      return Answer.failed(ask, Outcome.CLOSED, "closed without an answer", millisSince(start));
    } finally {
      if (!kept) {
        link.close();
      }
    }
  }

  private static Answer read(Ask ask, Link link, Duration patience, long start) throws IOException {
    String head = text(link.readTo("HTTP/", "\r\n\r\n", Deadline.in(patience)));
    long millis = millisSince(start);
    if (head.isEmpty()) {
      return Answer.failed(ask, Outcome.CLOSED, "closed without an answer", millis);
    }
    String[] lines = head.split("\r\n", -1);
    if (!lines[0].matches("HTTP/1\\.[01] [1-5][0-9][0-9].*")) {
      return Answer.failed(ask, Outcome.NOT_HTTP, languageOf(head), millis);
    }
    int status = Integer.parseInt(lines[0].substring(9, 12));
    Map<String, List<String>> headers = headers(lines);
    if (status == 101) {
      Tunnel tunnel = new Tunnel(link);
      return new Answer(ask, Outcome.ANSWERED, "", status, headers, "", tunnel, millis);
    }
    boolean stream =
        headers.getOrDefault("content-type", List.of("")).get(0).startsWith("text/event-stream");
    // A stream has no end to wait for: its first event is all that is asked of it.
    String body =
        stream
            ? text(link.readTo("", "\n\n", Deadline.in(patience)))
            : text(link.readBody(length(headers), Deadline.in(patience)));
    return new Answer(ask, Outcome.ANSWERED, "", status, headers, body, null, millis);
  }

  /** A server of HTTP/2 alone begins with a frame of its settings (RFC 9113, section 6.5). */
  private static String languageOf(String head) {
    boolean settings = head.startsWith("\0\0") && head.length() > 3 && head.charAt(3) == 4;
    return settings ? Answer.HTTP_2_ALONE : "what answers is no HTTP";
  }

  private static Map<String, List<String>> headers(String[] lines) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers
            .computeIfAbsent(
                lines[i].substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
            .add(lines[i].substring(colon + 1).strip());
      }
    }
    return headers;
  }

  /** Without a length the body ends with the connection, or where no more of it is looked at. */
  private static long length(Map<String, List<String>> headers) {
    String length = headers.getOrDefault("content-length", List.of("")).get(0);
    return length.matches("[0-9]{1,18}") ? Long.parseLong(length) : Long.MAX_VALUE;
  }

  private static Outcome outcomeOf(IOException e) {
    if (e instanceof SSLException) {
      return Outcome.TLS_FAILED;
    }
    return e instanceof ConnectException && String.valueOf(e.getMessage()).contains("refused")
        ? Outcome.REFUSED
        : Outcome.UNREACHED;
  }

  private static String wordsOf(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return "no connection in " + CONNECT.toSeconds() + " s";
    }
    return String.valueOf(e.getMessage());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
