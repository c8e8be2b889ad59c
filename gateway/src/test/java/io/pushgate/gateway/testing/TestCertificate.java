package io.pushgate.gateway.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A self-signed certificate and its key as the two PEM files that a server wants; immutable. The
 * JDK's own keytool makes it, since no public class of the JDK signs certificates.
 */
public record TestCertificate(Path certificate, Path key) {
  private static final char[] PASSWORD = "unused-but-required".toCharArray();

  public static TestCertificate create(Path folder, String hostName) {
    return create(folder, hostName, "+0d");
  }

  /** One that was valid until last week. */
  public static TestCertificate expired(Path folder, String hostName) {
    return create(folder, hostName, "-9d");
  }

  private static TestCertificate create(Path folder, String hostName, String from) {
    try {
      Path store = folder.resolve(hostName + ".p12");
      runKeytool(store, hostName, from);
      KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
      Path certificate = folder.resolve(hostName + ".crt");
      Path key = folder.resolve(hostName + ".key");
      writePem(certificate, "CERTIFICATE", keys.getCertificate("site").getEncoded());
      writePem(key, "PRIVATE KEY", keys.getKey("site", PASSWORD).getEncoded());
      return new TestCertificate(certificate, key);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("no certificate for " + hostName, e);
    }
  }

  private static void runKeytool(Path store, String hostName, String from) {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Finished run =
        Finished.run(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            "site",
            "-keyalg",
            "EC",
            "-startdate",
            from,
            "-validity",
            "2",
            "-dname",
            "CN=" + hostName,
            "-ext",
            "SAN=dns:" + hostName,
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            new String(PASSWORD));
    if (run.exitCode() != 0) {
      throw new IllegalStateException("keytool: " + run.output());
    }
  }

  private static void writePem(Path file, String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        file,
        "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, body, label),
        StandardCharsets.US_ASCII);
  }
}
