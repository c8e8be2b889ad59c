package io.pushgate.gateway.ingress.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.pushgate.gateway.config.IngressTlsConfig;
import io.pushgate.gateway.config.OptionFile;
import io.pushgate.gateway.config.Reloaded;
import io.pushgate.gateway.metrics.IngressMeters;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/**
 * TLS with the certificate that the files hold now. A connection keeps what it began with; files
 * that cannot be used leave the certificate of before. <em>Any thread.</em>
 */
public final class IngressTls implements AutoCloseable {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final Reloaded<Certified> certified;

  /** A context and when its certificate ends. Immutable. */
  private record Certified(SslContext context, Instant expiry) {}

  private IngressTls(IngressTlsConfig config, IngressMeters meters) {
    List<OptionFile> files = new ArrayList<>(List.of(config.certificate(), config.key()));
    config.clientCa().ifPresent(files::add);
    certified =
        Reloaded.open(
            "ingress certificates",
            files,
            contents -> certified(config, contents),
            meters::certificateUnusable);
    meters.watchCertificate(() -> certified.value().expiry().getEpochSecond());
  }

  /**
   * Reads the files and begins to look after them.
   *
   * @throws IllegalArgumentException names the option, the file and what is wrong with it
   */
  public static IngressTls open(IngressTlsConfig config, IngressMeters meters) {
    return new IngressTls(config, meters);
  }

  /** The server's side of one connection; the time for its handshake is the caller's to bound. */
  public SslHandler handler(ByteBufAllocator buffers) {
    return new TlsHandler(certified.value().context().newEngine(buffers));
  }

  /** Reads the files again where they changed. */
  void look() {
    certified.look();
  }

  private static Certified certified(IngressTlsConfig config, List<byte[]> contents) {
    List<X509Certificate> chain = read(config.certificate(), contents.get(0), Pem::certificates);
    PrivateKey key = read(config.key(), contents.get(1), Pem::key);
    X509Certificate own = chain.get(0);
    Instant expiry = own.getNotAfter().toInstant();
    Instant now = Instant.now();
    if (now.isAfter(expiry)) {
      throw config.certificate().fault("a certificate that expired at " + expiry);
    }
    if (now.isBefore(own.getNotBefore().toInstant())) {
      throw config
          .certificate()
          .fault("a certificate that is not valid before " + own.getNotBefore().toInstant());
    }
    if (!KeyPairCheck.fits(key, own.getPublicKey())) {
      throw config.key().fault("a key that is not that of " + config.certificate());
    }
    // The engine of the JDK, since Netty's for BoringSSL ends both directions when the peer ends
    // his (RFC 8446, section 6.1, ends one), and would lose the answers behind a half-close.
    SslContextBuilder builder =
        SslContextBuilder.forServer(key, chain.toArray(X509Certificate[]::new))
            .sslProvider(SslProvider.JDK)
            .protocols(PROTOCOLS);
    config
        .clientCa()
        .ifPresent(
            file ->
                builder
                    .trustManager(
                        read(file, contents.get(2), Pem::certificates)
                            .toArray(X509Certificate[]::new))
                    .clientAuth(ClientAuth.REQUIRE));
    try {
      return new Certified(builder.build(), expiry);
    } catch (SSLException refused) {
      throw config.certificate().fault("what TLS does not take: " + refused.getMessage());
    }
  }

  private static <T> T read(OptionFile file, byte[] content, Function<byte[], T> parse) {
    try {
      return parse.apply(content);
    } catch (IllegalArgumentException fault) {
      throw file.fault(String.valueOf(fault.getMessage()));
    }
  }

  @Override
  public void close() {
    certified.close();
  }
}
