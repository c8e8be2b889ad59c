package io.pushgate.protocol.publisher;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How a publisher speaks TLS; the gateway has to be certified for the host that is connected to.
 * The files are in PEM and read for each connection anew. Immutable.
 *
 * @param authorities whose certificate of the gateway is believed; null for those of the platform
 * @param certificate what the publisher shows, and those that vouch for it; null for nothing
 * @param key in PKCS #8, of that certificate
 */
public record PublisherTls(
    @Nullable Path authorities, @Nullable Path certificate, @Nullable Path key) {

  public PublisherTls {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException("a certificate comes with its key");
    }
  }

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException where one of them cannot be used
   */
  public SSLContext context() {
    return read().context();
  }

  JdkSslContext read() {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2");
      if (authorities != null) {
        builder.trustManager(authorities.toFile());
      }
      if (certificate != null && key != null) {
        builder.keyManager(certificate.toFile(), key.toFile());
      }
      return (JdkSslContext) builder.build();
    } catch (SSLException | IllegalArgumentException unusable) {
      throw new IllegalArgumentException(
          "TLS files that cannot be used: " + unusable.getMessage(), unusable);
    }
  }
}
