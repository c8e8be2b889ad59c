package io.pushgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.testing.HttpCall;
import io.pushgate.gateway.testing.TestAuthority;
import io.pushgate.gateway.testing.TestCertificate;
import io.pushgate.gateway.testing.Waiting;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.publisher.PublisherClient;
import io.pushgate.protocol.publisher.PublisherListener;
import io.pushgate.protocol.publisher.PublisherOptions;
import io.pushgate.protocol.publisher.PublisherTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java publisher at a gateway that asks for certificate and secret. */
class ProtectedPublisherClientTest {
  @TempDir Path folder;
  private TestAuthority authority;
  private TestCertificate own;
  private TestCertificate billing;
  private Gateway gateway;

  @BeforeEach
  void start() throws Exception {
    authority = TestAuthority.create(folder, "authority");
    own = authority.certify("gateway");
    billing = authority.certify("billing");
    Path secrets = Files.writeString(folder.resolve("secrets"), "billing:swordfish\n");
    gateway =
        Gateway.start(
            GatewayConfig.of(
                    "broker=memory",
                    "drain=200ms",
                    "ingress-host=0.0.0.0",
                    "ingress-secret-file=" + secrets,
                    "ingress-tls-cert=" + own.certificate(),
                    "ingress-tls-key=" + own.key(),
                    "ingress-tls-client-ca=" + authority.certificate())
                .withFreePorts());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private PublisherOptions options(String host) {
    return PublisherOptions.of(host, gateway.bound().ingressPort())
        .as("billing", "swordfish")
        .withTls(new PublisherTls(authority.certificate(), billing.certificate(), billing.key()));
  }

  @Test
  void pushesAreAckedWhileTheCertificateIsRenewed() throws Exception {
    PublisherClient publisher =
        PublisherClient.connect(options("localhost"), PublisherListener.SILENT);
    List<CompletionStage<IngressAnswer.Ack>> acks = new ArrayList<>();
    acks.add(publisher.push(push()));
    Waiting.get(acks.get(0));
    TestCertificate next = authority.certify("renewed");
    Files.move(next.key(), own.key(), StandardCopyOption.REPLACE_EXISTING);
    Files.move(next.certificate(), own.certificate(), StandardCopyOption.REPLACE_EXISTING);
    for (int i = 0; i < 1_000; i++) {
      acks.add(publisher.push(push()));
    }

    for (CompletionStage<IngressAnswer.Ack> ack : acks) {
      assertThat(Waiting.get(ack).users()).isEqualTo(1);
    }
    Waiting.get(publisher.close());
  }

  @Test
  void aGatewayThatIsCertifiedForAnotherNameIsToldNothing() {
    PublisherClient publisher =
        PublisherClient.connect(options("127.0.0.2"), PublisherListener.SILENT);
    CompletionStage<IngressAnswer.Ack> ack = publisher.push(push());
    Waiting.until("a handshake has failed", () -> !metrics().contains("outcome=\"failed\"} 0.0"));

    assertThat(ack.toCompletableFuture()).isNotDone();
    Waiting.get(publisher.close());
  }

  @Test
  void filesThatCannotBeUsedAreRefusedAtOnce() {
    PublisherTls none = new PublisherTls(folder.resolve("none"), null, null);

    assertThatThrownBy(
            () ->
                PublisherClient.connect(
                    options("localhost").withTls(none), PublisherListener.SILENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TLS files");
    assertThatThrownBy(() -> new PublisherTls(null, billing.certificate(), null))
        .hasMessage("a certificate comes with its key");
  }

  private String metrics() {
    return HttpCall.get(gateway.bound().adminAddress(), "/metrics").body();
  }

  private static IngressRequest.Push push() {
    return new IngressRequest.Push(
        new Audience.One(UserId.of("alice")), null, null, Payload.of("1"), -1, null, false);
  }
}
