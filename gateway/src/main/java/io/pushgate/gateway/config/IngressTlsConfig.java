package io.pushgate.gateway.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The PEM files of TLS on the ingress port. Immutable.
 *
 * @param certificate the port's own first, then those that vouch for it
 * @param clientCa whom publishers' certificates have to be from; empty where none is asked for
 */
public record IngressTlsConfig(
    OptionFile certificate, OptionFile key, Optional<OptionFile> clientCa) {
  private static final String CERTIFICATE = "ingress-tls-cert";
  private static final String KEY = "ingress-tls-key";
  private static final String CLIENT_CA = "ingress-tls-client-ca";

  /** Empty where no file is given; what is given has to be whole. */
  static Optional<IngressTlsConfig> of(
      Optional<Path> certificate, Optional<Path> key, Optional<Path> clientCa) {
    if (certificate.isEmpty()) {
      if (key.isPresent() || clientCa.isPresent()) {
        throw missing(CERTIFICATE, key.isPresent() ? KEY : CLIENT_CA);
      }
      return Optional.empty();
    }
    if (key.isEmpty()) {
      throw missing(KEY, CERTIFICATE);
    }
    return Optional.of(
        new IngressTlsConfig(
            new OptionFile(CERTIFICATE, certificate.get()),
            new OptionFile(KEY, key.get()),
            clientCa.map(file -> new OptionFile(CLIENT_CA, file))));
  }

  private static InvalidOptionException missing(String option, String given) {
    return new InvalidOptionException(option, "", "a file, since --" + given + " is given");
  }
}
