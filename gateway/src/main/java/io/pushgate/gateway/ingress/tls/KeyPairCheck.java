package io.pushgate.gateway.ingress.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Whether a private key is that of a public one. Any thread. */
final class KeyPairCheck {
  private static final byte[] ANYTHING = {1, 2, 3};

  private KeyPairCheck() {}

  /** Signs with the one and checks with the other. */
  static boolean fits(PrivateKey key, PublicKey publicKey) {
    try {
      Signature signature = Signature.getInstance(algorithm(key));
      signature.initSign(key);
      signature.update(ANYTHING);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(ANYTHING);
      return signature.verify(signed);
    } catch (GeneralSecurityException ofAnotherKind) {
      return false;
    }
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }
}
