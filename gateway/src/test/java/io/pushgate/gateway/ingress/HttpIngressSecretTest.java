package io.pushgate.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.broker.ReceiptTo;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.config.TransportKind;
import io.pushgate.gateway.ingress.FakeRouter.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in by the secrets of the ingress port, in HTTP. */
class HttpIngressSecretTest {
  private static final String PUSH = "{\"to\":\"a\",\"data\":1,\"receipt\":true}\n";

  @TempDir Path folder;
  private FakeRouter router;
  private IngressServer server;
  private PublisherSocket publisher;

  @BeforeEach
  void start() throws IOException {
    Path file = Files.writeString(folder.resolve("secrets"), "billing:swordfish\norders:ünlocks\n");
    router = new FakeRouter(Mode.AT_ONCE);
    server =
        new IngressServer(
            router, TransportKind.AUTO, GatewayConfig.of("ingress-secret-file=" + file).ingress());
    publisher = server.connect();
  }

  @AfterEach
  void stop() throws IOException {
    publisher.close();
    server.close();
    router.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/push, Bearer swordfish",
    "/push, bearer   swordfish",
    "/push, BEARER ünlocks",
    "/push?publisher=billing, Bearer swordfish",
    "/push?publisher=orders, Bearer ünlocks"
  })
  void whoBringsTheSecretIsLetInByAnyNameOfTheHost(String target, String bearer)
      throws IOException {
    HttpAnswer answer = post(target, "Authorization: " + bearer, PUSH);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(router.published()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "/push, X-Other: 1",
    "/push, Authorization: Basic swordfish",
    "/push, Authorization: swordfish",
    "/push, Authorization: Bearer",
    "/push, Authorization: Bearer sword",
    "/push?publisher=orders, Authorization: Bearer swordfish",
    "/push?publisher=nobody, Authorization: Bearer swordfish"
  })
  void allElseIsRefusedBeforeItsBodyIsRead(String target, String header) throws IOException {
    publisher.send(head(target, header, 1 << 20)); // Of which nothing is sent.
    HttpAnswer answer = HttpAnswer.read(publisher);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers()).containsEntry("www-authenticate", "Bearer");
    assertThat(answer.body()).contains("\"code\":\"unauthorized\"").doesNotContain("swordfish");
    assertThat(answer.headers()).containsEntry("connection", "close");
    assertThat(router.published()).isZero();
  }

  @Test
  void eachRequestOfAConnectionIsAsked() throws IOException {
    assertThat(post("/push", "Authorization: Bearer swordfish", PUSH).status()).isEqualTo(200);
    assertThat(post("/push", "X-Other: 1", PUSH).status()).isEqualTo(401);
  }

  @Test
  void whomNobodyKnowsIsAnsweredOnce() throws IOException {
    publisher.send("GET /else HTTP/1.1\r\nHost: localhost\r\n\r\n");
    HttpAnswer answer = HttpAnswer.read(publisher);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.headers()).containsEntry("connection", "close");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"secret\":\"swordfish\""})
  void aHelloInTheBodyIsHeldToTheSameNames(String secret) throws IOException {
    String hello = "{\"op\":\"hello\",\"publisher\":\"orders\"%s}\n".formatted(secret);
    HttpAnswer answer = post("/push", "Authorization: Bearer swordfish", PUSH + hello + PUSH);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.lines()).hasSize(2).last().asString().contains("\"code\":\"unauthorized\"");
    assertThat(router.published()).isEqualTo(1);
  }

  @Test
  void aHelloInTheBodyMayNameItsOwnPublisher() throws IOException {
    String hello = "{\"op\":\"hello\",\"publisher\":\"billing\"}\n";
    HttpAnswer answer = post("/push", "Authorization: Bearer swordfish", hello + PUSH);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(router.addressees()).containsExactly(new ReceiptTo.Publisher("billing"));
  }

  @Test
  void aPageIsKeptOutEvenIfItKnowsTheSecret() throws IOException {
    HttpAnswer answer =
        post("/push", "Authorization: Bearer swordfish\r\nOrigin: https://evil.example", PUSH);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("forbidden_origin");
  }

  private HttpAnswer post(String target, String header, String body) throws IOException {
    publisher.send(head(target, header, body.length()) + body);
    return HttpAnswer.read(publisher);
  }

  private static String head(String target, String header, int length) {
    return "POST %s HTTP/1.1\r\nHost: gateway.internal:8001\r\n%s\r\nContent-Length: %d\r\n\r\n"
        .formatted(target, header, length);
  }
}
