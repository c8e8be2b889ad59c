package io.pushgate.gateway.ingress.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the blocks of a file in PEM (RFC 7468); what else stands in it is passed over, so that
 * certificate and key may share one. Faults are words to stand behind "holds". Any thread.
 */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private record Block(String label, String base64) {

    byte[] der() {
      try {
        return Base64.getMimeDecoder().decode(base64);
      } catch (IllegalArgumentException broken) {
        throw new IllegalArgumentException("a PEM block that is no base64", broken);
      }
    }
  }

  private Pem() {}

  /** At least one certificate. */
  static List<X509Certificate> certificates(byte[] file) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks(file)) {
      if (block.label().equals("CERTIFICATE")) {
        certificates.add(certificate(block.der()));
      }
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("no PEM block CERTIFICATE");
    }
    return certificates;
  }

  private static X509Certificate certificate(byte[] der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException broken) {
      throw new IllegalArgumentException("a certificate that cannot be read", broken);
    }
  }

  /** The first private key, in PKCS #8. */
  static PrivateKey key(byte[] file) {
    Block block =
        blocks(file).stream()
            .filter(each -> each.label().endsWith("PRIVATE KEY"))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no PEM block PRIVATE KEY"));
    if (!block.label().equals("PRIVATE KEY")) {
      throw new IllegalArgumentException(
          block.label()
              + "; expected PRIVATE KEY, which openssl pkcs8 -topk8 -nocrypt makes of it");
    }
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(block.der());
    return Stream.of("EC", "RSA", "Ed25519")
        .map(algorithm -> key(algorithm, spec))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a key that is no EC, RSA or Ed25519 key"));
  }

  private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec spec) {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
    } catch (GeneralSecurityException ofAnotherKind) {
      return Optional.empty();
    }
  }

  private static List<Block> blocks(byte[] file) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(new String(file, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }
}
