package io.pushgate.gateway.client;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.fuzz.Agreement;
import io.pushgate.gateway.fuzz.Buffers;
import io.pushgate.gateway.fuzz.Pieces;
import io.pushgate.gateway.http.HostHeader;
import io.pushgate.gateway.http.StrictRequestDecoder;
import io.pushgate.gateway.metrics.Metrics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a client of the public port sends before it is a session: requests are those of a plain
 * reader, the gate opens to a right handshake alone, and what follows it is kept for the session,
 * however the bytes are cut. One thread.
 */
public final class HandshakeFuzzer {
  static final int MAX_LINE = 160;
  static final int MAX_HEADERS = 512;

  private static final InetSocketAddress LOCAL =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 8000);
  private static final Access ACCESS = new Access(GatewayConfig.of("open=true").publicPort(), null);
  private static final StaticFiles FILES = new StaticFiles("127.0.0.1:8001");
  private static final Admission ADMISSION = new Admission(ACCESS.config(), new Metrics());
  private static final AllowedPage PAGE = new AllowedPage(ACCESS.config());
  private static final Gate GATE = new Gate(PAGE, new AllowedClient(ACCESS.config()));

  private HandshakeFuzzer() {}

  /** Called by the fuzzer with each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    check(input, Function.identity());
  }

  /** Lets the bytes be tampered with on their way to the decoder, not to the reference. */
  private static void check(byte[] input, Function<byte[], byte[]> tampering) {
    Pieces pieces = new Pieces(input);
    HttpRecorder once = null;
    for (List<byte[]> way : pieces.ways()) {
      HttpRecorder found = record(way);
      Agreement.check(
          "in " + way.size() + " pieces", (once == null ? found : once).seen(), found.seen());
      once = found;
    }
    // Behind the ends of two lines no head is incomplete, so that it does not matter when a fault
    // shows.
    byte[] end = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    byte[] ended = Pieces.join(List.of(pieces.whole(), end));
    checkAgainstReference(
        PlainHttp.read(ended, MAX_LINE, MAX_HEADERS), record(List.of(tampering.apply(ended))));
  }

  private static void checkAgainstReference(List<HttpSeen> expected, HttpRecorder found) {
    for (int i = 0; i < expected.size(); i++) {
      HttpSeen seen = i < found.seen().size() ? found.seen().get(i) : new HttpSeen.Nothing();
      if (!expected.get(i).isSeenAs(seen)) {
        Agreement.check("seen " + i, expected.get(i), seen);
      }
      if (expected.get(i) instanceof HttpSeen.Chunks) {
        return;
      }
      if (seen instanceof HttpSeen.Request request && request.has("upgrade") && isPlain(request)) {
        Agreement.check("accepted " + request, isHandshake(request), found.accepted());
      }
    }
    Agreement.check("seen in all", expected.size(), found.seen().size());
  }

  private static HttpRecorder record(List<byte[]> pieces) {
    return Buffers.allBack(allocator -> record(pieces, allocator));
  }

  private static HttpRecorder record(List<byte[]> pieces, ByteBufAllocator allocator) {
    Admission.Ticket ticket = ADMISSION.enter(LOCAL.getAddress()).orElseThrow();
    StrictRequestDecoder decoder = new StrictRequestDecoder(MAX_LINE, MAX_HEADERS);
    RequestFactory requests = new RequestFactory(LOCAL.getAddress(), LOCAL, ticket, ACCESS, FILES);
    RequestReader reader = new RequestReader(requests, decoder, new Answers("node", PAGE), 10_000);
    HttpRecorder recorder = new HttpRecorder(GATE, decoder, reader);
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.config().setAllocator(allocator);
    channel.pipeline().addLast(decoder, reader, recorder);
    for (byte[] piece : pieces) {
      channel.writeInbound(Pieces.buffer(allocator, piece));
    }
    channel.finishAndReleaseAll();
    channel.checkException();
    ticket.leave();
    return recorder;
  }

  /** Whether nothing is asked for that the reference does not know of, such as a file. */
  private static boolean isPlain(HttpSeen.Request request) {
    return request.target().startsWith("/api/v1/notifications/ws/")
        && !request.has("origin")
        && request.target().indexOf('?') < 0
        && request.values("host").stream().allMatch(host -> HostHeader.parse(host).isPresent());
  }

  /** The opening handshake of a user's session (RFC 6455, section 4.2.1). */
  private static boolean isHandshake(HttpSeen.Request request) {
    List<String> keys = request.values("sec-websocket-key");
    return request.method().equals("GET")
        && request.isVersion11()
        && request.values("host").size() == 1
        && SlowPath.user(request.target()).isPresent()
        && words(request, "upgrade").anyMatch("websocket"::equalsIgnoreCase)
        && words(request, "connection").anyMatch("upgrade"::equalsIgnoreCase)
        && keys.size() == 1
        && keys.get(0).matches("[A-Za-z0-9+/]{22}==")
        && request.values("sec-websocket-version").equals(List.of("13"))
        && (!request.has("sec-websocket-protocol")
            || words(request, "sec-websocket-protocol").anyMatch("pushgate.v1"::equals));
  }

  private static Stream<String> words(HttpSeen.Request request, String name) {
    return request.values(name).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip);
  }

  /** The same with folded lines taken for one. */
  public static final class Planted {
    private Planted() {}

    /** Called by the fuzzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
      check(input, Planted::unfolded);
    }

    private static byte[] unfolded(byte[] bytes) {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      return text.replace("\r\n ", "   ").getBytes(StandardCharsets.ISO_8859_1);
    }
  }
}
