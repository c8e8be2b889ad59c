package io.pushgate.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.Main;
import io.pushgate.gateway.testing.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The whole program in a process of its own, as an operator has it. */
class ServeProcessTest {
  private static final Pattern LISTENING =
      Pattern.compile(
          "listening public=127\\.0\\.0\\.1:(\\d+) ingress=127\\.0\\.0\\.1:(\\d+)"
              + " admin=127\\.0\\.0\\.1:(\\d+)");
  private static final String[] FREE_PORTS = {
    "--broker=memory", "--public-port=0", "--ingress-port=0", "--admin-port=0", "--event-loops=1"
  };

  @Test
  void whatIsPushedIsListenedToAndCountedUntilASignalEndsIt() throws Exception {
    try (ChildJvm gateway = ChildJvm.start(Main.class, Map.of(), FREE_PORTS)) {
      Matcher ports = LISTENING.matcher(gateway.awaitOut("listening "));
      assertThat(ports.matches()).isTrue();
      assertThat(gateway.awaitErr("WARN")).contains("without token keys any name is let in");

      CommandLineRun push =
          CommandLineRun.of(
              "push",
              "--ingress=127.0.0.1:" + ports.group(2),
              "--to=alice@example.com",
              "--data={\"n\": 17}",
              "--type=order.paid");
      assertThat(push.exitCode()).isZero();
      assertThat(push.out()).startsWith("{\"op\":\"ack\"").contains("\"held\":\"memory\"");

      CommandLineRun listen =
          CommandLineRun.of(
              "listen",
              "--url=ws://127.0.0.1:" + ports.group(1),
              "--user=alice@example.com",
              "--count=1",
              "--ack");
      assertThat(listen.exitCode()).isZero();
      assertThat(listen.out().lines())
          .hasSize(2)
          .anyMatch(line -> line.startsWith("{\"op\":\"welcome\""))
          .anyMatch(
              line -> line.contains("\"type\":\"order.paid\"") && line.contains("{\"n\": 17}"));

      String admin = "http://127.0.0.1:" + ports.group(3);
      assertThat(get(admin + "/readyz").statusCode()).isEqualTo(200);
      assertThat(get(admin + "/metrics").body())
          .contains("pushgate_pushes_total{outcome=\"acked\"} 1.0")
          .contains("pushgate_handshakes_total{outcome=\"accepted\"} 1.0")
          .contains("pushgate_deliveries_total 1.0")
          .contains("pushgate_acknowledgements_total 1.0")
          .containsPattern("pushgate_received_bytes_total\\{port=\"public\"} [1-9]")
          .containsPattern("pushgate_sent_bytes_total\\{port=\"public\"} [1-9]")
          .containsPattern("pushgate_sent_bytes_total\\{port=\"admin\"} [1-9]")
          .contains("pushgate_journals 1.0");
      assertThat(get(admin + "/api/users/alice%40example.com").body())
          .isEqualTo("{\"user\":\"alice@example.com\",\"sessions\":[]}");

      gateway.terminate();
      assertThat(gateway.exitCode()).isZero();
    }
  }

  @Test
  void aRefusedHandshakeIsExplainedToWhoeverListensAndToTheOperator() throws Exception {
    try (ChildJvm gateway = ChildJvm.start(Main.class, Map.of(), FREE_PORTS)) {
      Matcher ports = LISTENING.matcher(gateway.awaitOut("listening "));
      assertThat(ports.matches()).isTrue();
      CommandLineRun listen =
          CommandLineRun.of(
              "listen", "--url=ws://127.0.0.1:" + ports.group(1) + "/elsewhere", "--user=a");
      assertThat(listen.exitCode()).isEqualTo(1);
      assertThat(listen.err()).startsWith("refused with 404 Not Found: not_found");
      assertThat(get("http://127.0.0.1:" + ports.group(3) + "/api/refusals").body())
          .contains("\"code\":\"not_found\"")
          .contains("\"count\":1");
    }
  }

  @Test
  void aPortInUseIsOneLineThatNamesItAndExitCodeOne() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ChildJvm gateway =
            ChildJvm.start(
                Main.class,
                Map.of(
                    "PUSHGATE_ADMIN_PORT", "0",
                    "PUSHGATE_INGRESS_PORT", "0",
                    "PUSHGATE_BROKER", "memory"),
                "--public-port=" + taken.getLocalPort())) {
      assertThat(gateway.awaitErr("pushgate serve: "))
          .contains("public port", "127.0.0.1:" + taken.getLocalPort(), "in use");
      assertThat(gateway.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void anUnknownVariableIsExitCodeTwo() throws Exception {
    try (ChildJvm gateway = ChildJvm.start(Main.class, Map.of("PUSHGATE_PUBLIC_PROT", "1"))) {
      assertThat(gateway.awaitErr("pushgate serve: "))
          .endsWith(
              "unknown environment variable 'PUSHGATE_PUBLIC_PROT', the nearest known one is"
                  + " PUSHGATE_PUBLIC_PORT");
      assertThat(gateway.exitCode()).isEqualTo(2);
    }
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
