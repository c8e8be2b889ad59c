package io.pushgate.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestFaultsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "GET / HTTP/1.1~Host: a~~ | -",
        "GET / HTTP/1.0~~ | -",
        "GET / HTTP/1.1~~ | bad_request",
        "GET / HTTP/1.1~Host: a~Host: a~~ | bad_request",
        "GET / HTTP/1.1~Host : a~~ | bad_request",
        "nonsense~~ | bad_request",
        "GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa HTTP/1.1~~ | uri_too_long",
        "GET / HTTP/1.1~Host: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa~~"
            + " | headers_too_large",
      })
  void faultsOfHttpBecomeProblems(String request, String code) {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new HttpRequestDecoder(
                new HttpDecoderConfig().setMaxInitialLineLength(40).setMaxHeaderSize(40)));
    channel.writeInbound(
        Unpooled.copiedBuffer(request.replace("~", "\r\n"), StandardCharsets.US_ASCII));
    HttpRequest decoded = channel.readInbound();
    assertThat(RequestFaults.problem(decoded).map(problem -> problem.code().code()))
        .isEqualTo(Optional.ofNullable(code));
    channel.finishAndReleaseAll();
  }
}
