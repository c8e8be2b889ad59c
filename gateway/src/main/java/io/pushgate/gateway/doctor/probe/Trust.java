package io.pushgate.gateway.doctor.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whose certificates are believed: those of the Java platform, of the system, and of the file that
 * {@code SSL_CERT_FILE} names, as a browser on this machine would. Immutable.
 */
public final class Trust {
  private static final List<String> SYSTEM =
      List.of("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt");

  private final SSLContext context;

  private Trust(SSLContext context) {
    this.context = context;
  }

  /** Reads what this machine trusts. */
  public static Trust ofThisMachine(Map<String, String> environment) {
    List<String> files = new ArrayList<>(SYSTEM);
    if (environment.containsKey("SSL_CERT_FILE")) {
      files.add(environment.get("SSL_CERT_FILE"));
    }
    try {
      KeyStore store = platform();
      for (String file : files) {
        for (Certificate each : certificates(Path.of(file))) {
          store.setCertificateEntry(file + store.size(), each);
        }
      }
      TrustManagerFactory factory = factory();
      factory.init(store);
      return new Trust(context(factory.getTrustManagers()));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("no trusted certificates: " + e.getMessage(), e);
    }
  }

  /** Believes every certificate: to look at one, never to send anything. */
  static Trust inAnybody() {
    X509TrustManager anybody =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type)
              throws CertificateException {
            throw new CertificateException("no client is asked for one");
          }

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    try {
      return new Trust(context(new TrustManager[] {anybody}));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  /** A TLS client over a connection; HTTP/1.1 alone, since HTTP/2 would drop the upgrade. */
  SSLSocket over(Socket tcp, SiteUrl site) throws IOException {
    return over(tcp, site, true);
  }

  SSLSocket over(Socket tcp, SiteUrl site, boolean checkName) throws IOException {
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(tcp, site.address(), site.port(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    if (checkName) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if (site.host().indexOf('.') > 0 && !site.host().matches("[0-9.]+")) {
      parameters.setServerNames(List.of(new SNIHostName(site.host())));
    }
    tls.setSSLParameters(parameters);
    return tls;
  }

  private static KeyStore platform() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    TrustManagerFactory platform = factory();
    platform.init((KeyStore) null);
    for (TrustManager manager : platform.getTrustManagers()) {
      for (X509Certificate each : ((X509TrustManager) manager).getAcceptedIssuers()) {
        store.setCertificateEntry("platform" + store.size(), each);
      }
    }
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws CertificateException, IOException {
    if (!Files.isReadable(file)) {
      return List.of();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  private static TrustManagerFactory factory() throws GeneralSecurityException {
    return TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
  }

  private static SSLContext context(TrustManager[] managers) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers, null);
    return context;
  }
}
