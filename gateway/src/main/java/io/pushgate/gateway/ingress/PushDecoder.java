package io.pushgate.gateway.ingress;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/**
 * Netty's decoder with this port's limits, and stricter in one point: a request with a length
 * beside an encoding is none, since two servers may see two different ends of it (RFC 9112, section
 * 6.3). <em>Event loop only.</em>
 */
final class PushDecoder extends HttpRequestDecoder {

  PushDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(IngressLimits.MAX_HTTP_REQUEST_LINE)
            .setMaxHeaderSize(IngressLimits.MAX_HTTP_HEADERS)
            .setMaxChunkSize(IngressLimits.MAX_HTTP_CHUNK)
            .setAllowDuplicateContentLengths(false)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true));
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("a Content-Length beside a Transfer-Encoding");
  }
}
