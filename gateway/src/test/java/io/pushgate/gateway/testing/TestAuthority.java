package io.pushgate.gateway.testing;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority and what it certifies for this machine, all by openssl, as operators do.
 * Immutable.
 */
public final class TestAuthority {
  private final Path folder;
  private final Path settings;
  private final TestCertificate own;

  private TestAuthority(Path folder, String name) throws IOException {
    this.folder = folder;
    // Else the extensions of the machine's own settings would come in, too.
    this.settings =
        Files.writeString(
            folder.resolve("req.cnf"), "[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nCN=x\n");
    this.own = request(name, "basicConstraints=critical,CA:TRUE");
  }

  public static TestAuthority create(Path folder, String name) {
    try {
      return new TestAuthority(folder, name);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Certifies that somebody is localhost. */
  public TestCertificate certify(String name) {
    return request(
        name,
        "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "-CA",
        own.certificate().toString(),
        "-CAkey",
        own.key().toString());
  }

  /** The authority's own certificate. */
  public Path certificate() {
    return own.certificate();
  }

  /** A client that believes this authority, and shows no certificate. */
  public SSLContext client() {
    return client(SslContextBuilder.forClient());
  }

  /** A client that believes this authority, and shows a certificate. */
  public SSLContext client(TestCertificate shown) {
    return client(
        SslContextBuilder.forClient()
            .keyManager(shown.certificate().toFile(), shown.key().toFile()));
  }

  private SSLContext client(SslContextBuilder builder) {
    try {
      return ((JdkSslContext)
              builder.sslProvider(SslProvider.JDK).trustManager(own.certificate().toFile()).build())
          .context();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private TestCertificate request(String name, String extension, String... by) {
    Path certificate = folder.resolve(name + ".crt");
    Path key = folder.resolve(name + ".key");
    String[] self = {
      Programs.find("openssl", "openssl").toString(),
      "req",
      "-x509",
      "-config",
      settings.toString(),
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-days",
      "2",
      "-subj",
      "/CN=" + name,
      "-addext",
      extension,
      "-keyout",
      key.toString(),
      "-out",
      certificate.toString()
    };
    String[] command = new String[self.length + by.length];
    System.arraycopy(self, 0, command, 0, self.length);
    System.arraycopy(by, 0, command, self.length, by.length);
    Finished run = Finished.run(command);
    if (run.exitCode() != 0) {
      throw new IllegalStateException("openssl: " + run.output());
    }
    return new TestCertificate(certificate, key);
  }
}
