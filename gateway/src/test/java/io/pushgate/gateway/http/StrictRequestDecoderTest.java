package io.pushgate.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a client's bytes is a request, and what is refused that Netty alone would take. */
class StrictRequestDecoderTest {
  private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String POST = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";

  private final StrictRequestDecoder decoder = new StrictRequestDecoder(64, 256);
  private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void readsOneRequestAndHoldsTheNextUntilAsked() {
    assertThat(read(GET + POST)).containsExactly("GET /a", "end");
    assertThat(decoder.isHeld()).isTrue();
    decoder.next();
    assertThat(drain()).containsExactly("POST /a", "abc end");
    decoder.next();
    assertThat(read(GET)).containsExactly("GET /a", "end");
  }

  @Test
  void readsTheSameWhereverTheBytesAreCut() {
    String bytes =
        "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    for (int cut = 0; cut <= bytes.length(); cut++) {
      List<String> parts = new ArrayList<>(read(bytes.substring(0, cut)));
      parts.addAll(read(bytes.substring(cut)));
      assertThat(String.join(" ", parts).replace("a bc", "abc").replace("ab c", "abc"))
          .as("cut at %d", cut)
          .isEqualTo("POST /a abc end");
      decoder.next();
    }
  }

  @Test
  void givesWhatFollowsARequestToTheHandlersBehindOnceItIsRemoved() {
    assertThat(read(GET + "frames")).containsExactly("GET /a", "end");
    channel.pipeline().remove(decoder);
    ByteBuf rest = channel.readInbound();
    assertThat(rest.toString(StandardCharsets.US_ASCII)).isEqualTo("frames");
    rest.release();
  }

  @Test
  void skipsOneEmptyLineBeforeARequest() {
    assertThat(read("\r\n" + GET)).containsExactly("GET /a", "end");
    decoder.next();
    assertThat(read("\r\n\r\n" + GET)).containsExactly("bad_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a HTTP/1.1\nHost: h\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: h\n\r\n",
        "GET /a HTTP/1.1\r\nHost: h\r\n\n",
        "GET /a HTTP/1.1\rHost: h\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: h\r\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: h\r\n folded\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: h\r\n\tfolded\r\n\r\n",
        "GET /a HTTP/1.1\r\n Host: h\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost : h\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost\t: h\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost\r\n\r\n",
        "GET /a HTTP/1.1\r\n: h\r\n\r\n",
        "GET /a HTTP/1.1\r\nH\u00e9st: h\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a\u0000b\r\n\r\n",
        " GET /a HTTP/1.1\r\nHost: h\r\n\r\n",
        "\u0016GET /a HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET  /a HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a  HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a\r\nHost: h\r\n\r\n",
        "GET /a HTTP/1.2\r\nHost: h\r\n\r\n",
        "GET /a HTTP/2.0\r\nHost: h\r\n\r\n",
        "GET /a http/1.1\r\nHost: h\r\n\r\n",
        "G\u00e9T /a HTTP/1.1\r\nHost: h\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3, 3\r\n\r\nabc",
        "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: +3\r\n\r\nabc",
        "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: -3\r\n\r\nabc",
        "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /a HTTP/1.0\r\nContent-Length: 3\r\ncontent-LENGTH: 3\r\n\r\n",
        "POST /a HTTP/1.0\r\nContent-Length: 3, 3\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, gzip\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: identity\r\n\r\n",
        "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /a HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: h\r\nSec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n\r\n",
      })
  void refusesWhatTwoParsersCouldReadInTwoWays(String bytes) {
    assertThat(read(bytes)).containsExactly("bad_request");
    assertThat(read(GET)).as("nothing is read behind a fault").isEmpty();
  }

  @Test
  void refusesABrokenChunkBehindAGoodHead() {
    assertThat(read("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"))
        .containsExactly("POST /a", "bad_request");
    assertThat(read(GET)).isEmpty();
  }

  @Test
  void takesOneLengthBesideHeadersOfLikeNames() {
    String head = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Lengths: 1, 2\r\nContent-Lengt: 1, 2\r\n";
    assertThat(read(head + "X: a, b\r\nContent-Length: 1\r\nY: a, b\r\n\r\na"))
        .doesNotContain("bad_request");
    decoder.next();
    assertThat(read(head + "CONTENT-LENGTH: 1\r\n\r\na")).doesNotContain("bad_request");
  }

  @Test
  void refusesAChunkWhoseSizeDoesNotEndAsWhatItIs() {
    String head = "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertThat(read(head)).containsExactly("POST /a");
    assertThat(read("0".repeat(70))).containsExactly("bad_request");
  }

  @Test
  void takesALineAndHeadersOfTheMostBytesAndRefusesOneMore() {
    String line = "GET /" + "a".repeat(64 - "GET / HTTP/1.1".length()) + " HTTP/1.1";
    assertThat(line).hasSize(64);
    assertThat(read(line + "\r\nHost: h\r\n\r\n")).hasSize(2);
    decoder.next();
    String header = "x: " + "a".repeat(256 - "x: \r\n".length());
    assertThat(read("GET / HTTP/1.1\r\n" + header + "\r\n\r\n")).hasSize(2);
    decoder.next();
    assertThat(read("GET / HTTP/1.1\r\n" + header + "a\r")).isEmpty();
    assertThat(read("\n")).containsExactly("headers_too_large");
  }

  @Test
  void refusesALongLineBeforeItsEnd() {
    assertThat(read("GET /" + "a".repeat(59))).isEmpty();
    assertThat(read("a")).containsExactly("uri_too_long");
  }

  @Test
  void tellsWhetherARequestIsUnderWay() {
    assertThat(decoder.isAmidRequest()).isFalse();
    read("G");
    assertThat(decoder.isAmidRequest()).isTrue();
    read(GET.substring(1));
    assertThat(decoder.isAmidRequest()).isFalse();
  }

  private List<String> read(String latin1) {
    channel.writeInbound(Unpooled.copiedBuffer(latin1, StandardCharsets.ISO_8859_1));
    return drain();
  }

  private List<String> drain() {
    List<String> parts = new ArrayList<>();
    for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
      parts.add(describe(part));
      ReferenceCountUtil.release(part);
    }
    return parts;
  }

  private static String describe(Object part) {
    if (part instanceof FaultyRequest faulty) {
      return faulty.problem().code().code();
    }
    if (part instanceof HttpRequest request) {
      return request.method() + " " + request.uri();
    }
    String text = ((HttpContent) part).content().toString(StandardCharsets.US_ASCII);
    return (text + (part instanceof LastHttpContent ? " end" : "")).strip();
  }
}
